/**
 * Opens a file of staff: `{bucket, name}` answers `{path, seconds}`, an address of storage that anybody who holds it may
 * read for so many seconds. The database says with the caller's own token who may and for how long; the secret key only
 * signs. A signed address cannot be taken back, so it lives for minutes. Portable: Deno serves it in production, and the
 * embedded backend calls it in-process.
 */
import { type Answer, answerPosts, refusal } from '../_shared/answers.ts'
import { keyHeaders, postTo, type Project } from '../_shared/project.ts'

interface Opened {
  bucket: string
  name: string
  seconds: number
}

/** Answers the address, or a refusal in the form of PostgREST. `project()` is null while it cannot be reached. */
export const createHandler = (project: () => Project | null) =>
  answerPosts(async ({ bucket, name }, request) => {
    if (typeof bucket !== 'string' || typeof name !== 'string') return refusal(400, 'malformed_op')
    const reached = project()
    if (!reached) return { status: 503, body: { message: 'The project cannot be reached yet' } }
    const authorization = request.headers.get('authorization') ?? ''
    const keys = { ...keyHeaders(reached.publishableKey), ...(authorization && { authorization }) }
    const opened = await postTo(reached, '/rest/v1/rpc/open_file', { p_bucket: bucket, p_name: name }, keys)
    return opened.status === 200 ? await sign(reached, opened.body as Opened) : opened
  })

async function sign(project: Project, { bucket, name, seconds }: Opened): Promise<Answer> {
  const signed = await postTo(project, `/storage/v1/object/sign/${bucket}/${name}`, { expiresIn: seconds })
  const { signedURL } = signed.body as { signedURL?: string }
  return signed.status === 200 && signedURL
    ? { status: 200, body: { path: `/storage/v1${signedURL}`, seconds } }
    : refusal(404, 'upload_missing')
}
