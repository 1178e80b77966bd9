/**
 * Opens a file that is not public: `{bucket, name}` for staff, `{folio, secret}` for the author of a video, `{guardian}` with the secret of
 * her link for the guardian of a minor. Answers `{path, seconds}`, an address of storage that anybody who holds it may read for so many
 * seconds. The database says with the caller's own token, or that secret, who may and for how long; the secret key only signs. A signed address cannot be
 * taken back, so it lives for minutes. Portable: Deno serves it in production, and the embedded backend calls it in-process.
 */
import { type Answer, answerPosts, refusal } from '../_shared/answers.ts'
import { keyHeaders, postTo, type Project } from '../_shared/project.ts'

interface Opened {
  bucket: string
  name: string
  seconds: number
}

const areTexts = (...values: unknown[]) => values.every((value) => typeof value === 'string')

/** The function of the database that decides, with its arguments; null for a body that names no file. */
function questionOf({
  bucket,
  name,
  folio,
  secret,
  guardian,
}: Record<string, unknown>): [string, object] | null {
  if (areTexts(folio, secret)) return ['open_own_video', { p_folio: folio, p_secret: secret }]
  if (areTexts(guardian)) return ['open_guardian_video', { p_token: guardian }]
  return areTexts(bucket, name) ? ['open_file', { p_bucket: bucket, p_name: name }] : null
}

/** Answers the address, or a refusal in the form of PostgREST. `project()` is null while it cannot be reached. */
export const createHandler = (project: () => Project | null) =>
  answerPosts(async (body, request) => {
    const question = questionOf(body)
    if (!question) return refusal(400, 'malformed_op')
    const reached = project()
    if (!reached) return { status: 503, body: { message: 'The project cannot be reached yet' } }
    const authorization = request.headers.get('authorization') ?? ''
    const keys = { ...keyHeaders(reached.publishableKey), ...(authorization && { authorization }) }
    const [fn, args] = question
    const opened = await postTo(reached, `/rest/v1/rpc/${fn}`, args, keys)
    return opened.status === 200 ? await sign(reached, opened.body as Opened) : opened
  })

async function sign(project: Project, { bucket, name, seconds }: Opened): Promise<Answer> {
  const signed = await postTo(project, `/storage/v1/object/sign/${bucket}/${name}`, { expiresIn: seconds })
  const { signedURL } = signed.body as { signedURL?: string }
  return signed.status === 200 && signedURL
    ? { status: 200, body: { path: `/storage/v1${signedURL}`, seconds } }
    : refusal(404, 'upload_missing')
}
