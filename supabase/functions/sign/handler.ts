/**
 * Signs documents of this project with Ed25519: `{document, id}` answers the document of that kind with `key_id`,
 * `public_key` and `signature`. The database makes the document with the caller's own token, so nobody signs what they
 * may not read and no caller chooses what is signed. `{document: 'constancia', id, secret}` issues the constancia of a
 * person who earned it. A schedule shows JOBS_SECRET and has signed what is due, passes and the day's
 * head of the transparency log among it. Portable: Deno serves it in production,
 * and the embedded backend calls it in-process.
 */
import canonicalize from 'canonicalize'
import { type Answer, answerPosts, refusal } from '../_shared/answers.ts'
import { showsSecret } from '../_shared/callerSecret.ts'
import type { Objects } from '../_shared/objects.ts'
import { signDue } from './due.ts'
import { signHead } from './logHead.ts'
import { type AsService, publishKeys, signerOf, type SigningKeys } from './keys.ts'

export interface Collaborators {
  keys: SigningKeys
  /** A schedule must show this secret. */
  callerSecret: string
  /** Calls a function of the database as the caller. Refusals are answers too. */
  read(name: string, args: Record<string, string>, authorization: string): Promise<Answer>
  asService: AsService
  objects: Pick<Objects, 'put'>
}

/** The kinds of document, and the function of the database that makes each. */
const DOCUMENTS = new Map([['campaign', 'export_campaign']])

/** Answers the signed document, or a refusal in the form of PostgREST. */
export const createHandler = (collaborators: Collaborators) =>
  answerPosts(async ({ document, id, secret }, request) => {
    const { keys, asService, callerSecret, read } = collaborators
    if (await showsSecret(request, callerSecret)) return await runDue(collaborators)
    const authorization = request.headers.get('authorization') ?? ''
    if (document === undefined && !authorization) return { status: 401, body: { message: 'Invalid secret' } }
    if (document === 'constancia' && typeof id === 'string' && typeof secret === 'string') {
      const issued = await read('issue_constancia', { p_id: id, p_secret: secret }, authorization)
      if (issued.status === 200) await signDue(keys, asService)
      return issued
    }
    const name = typeof document === 'string' ? DOCUMENTS.get(document) : undefined
    if (name === undefined || typeof id !== 'string') return refusal(400, 'malformed_op')
    const made = await read(name, { p_id: id }, authorization)
    if (made.status !== 200) return made
    return await sign(collaborators, { ...(made.body as object), document: document as string })
  })

async function runDue({ keys, asService, objects }: Collaborators): Promise<Answer> {
  const due = await signDue(keys, asService)
  if (due.status !== 200) return due
  const log = await signHead(keys, asService, objects)
  return { status: log.status, body: { ...(due.body as object), ...(log.body as object) } }
}

async function sign({ keys, asService }: Collaborators, content: object): Promise<Answer> {
  const signer = signerOf(keys)
  if (!signer) return { status: 500, body: { message: 'SIGNING_KEYS has no key' } }
  if (!(await publishKeys(keys, asService)))
    return { status: 502, body: { message: 'The public keys were not published' } }
  const signed = { ...content, key_id: signer.id, public_key: signer.publicKey }
  return { status: 200, body: { ...signed, signature: signer.sign(canonicalize(signed)!) } }
}
