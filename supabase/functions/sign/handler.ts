/**
 * Signs documents of this project with Ed25519: `{document, id}` answers the document of that kind with `key_id`,
 * `public_key` and `signature`. The database makes the document with the caller's own token, so nobody signs what they
 * may not read and no caller chooses what is signed. Portable: Deno serves it in production, and the embedded backend
 * calls it in-process.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/curves/utils.js'
import canonicalize from 'canonicalize'
import { type Answer, answerPosts, refusal } from '../_shared/answers.ts'

/** The private keys: the id of each and its seed of 32 bytes in hexadecimal. The greatest id signs. */
export type SigningKeys = Record<string, string>

export interface Collaborators {
  keys: SigningKeys
  /** Calls a function of the database as the caller. Refusals are answers too. */
  read(name: string, args: { p_id: string }, authorization: string): Promise<Answer>
  /** `keep_signing_keys` with the service key: `bootstrap` has the public keys from here on. */
  publish(keys: { id: string; public_key: string }[]): Promise<Answer>
}

/** The kinds of document, and the function of the database that makes each. */
const DOCUMENTS = new Map([['campaign', 'export_campaign']])

/** Answers the signed document, or a refusal in the form of PostgREST. */
export const createHandler = (collaborators: Collaborators) =>
  answerPosts(async ({ document, id }, request) => {
    const name = typeof document === 'string' ? DOCUMENTS.get(document) : undefined
    if (name === undefined || typeof id !== 'string') return refusal(400, 'malformed_op')
    const authorization = request.headers.get('authorization') ?? ''
    const made = await collaborators.read(name, { p_id: id }, authorization)
    if (made.status !== 200) return made
    return await sign(collaborators, { ...(made.body as object), document: document as string })
  })

/** Publishes the keys first: a document never leaves before others can verify it. */
async function sign({ keys, publish }: Collaborators, content: object): Promise<Answer> {
  const ids = Object.keys(keys).toSorted()
  const publicKeys = ids.map((id) => ({
    id,
    public_key: bytesToHex(ed25519.getPublicKey(hexToBytes(keys[id]!))),
  }))
  const newest = publicKeys.at(-1)
  if (!newest) return { status: 500, body: { message: 'SIGNING_KEYS has no key' } }
  const published = await publish(publicKeys)
  if (published.status !== 200)
    return { status: 502, body: { message: 'The public keys were not published' } }
  const signed = { ...content, key_id: newest.id, public_key: newest.public_key }
  const bytes = new TextEncoder().encode(canonicalize(signed))
  return {
    status: 200,
    body: { ...signed, signature: bytesToHex(ed25519.sign(bytes, hexToBytes(keys[newest.id]!))) },
  }
}
