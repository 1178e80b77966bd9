/** Signs what the database says is due: constancias that were issued, the list of those that ended, and passes. */
import type { Answer } from '../_shared/answers.ts'
import { passHead, passSigned } from '../_shared/signed/pass.ts'
import { type Ended, writeRevocations } from '../_shared/signed/revocations.ts'
import { type AsService, publishKeys, type Signer, signerOf, type SigningKeys, strictly } from './keys.ts'

/** Constancias, and passes, of one invocation, which ends before the platform ends it. The next one continues. */
const BATCH = 200

interface List {
  signed_at: string
  issuer: string
  hash: string
  ended: Ended[]
}

/** Answers `{signed, list, passes}`: how many constancias and passes it signed, and whether it signed the list. */
export async function signDue(keys: SigningKeys, asService: AsService): Promise<Answer> {
  const signer = signerOf(keys)
  if (!signer) return { status: 500, body: { message: 'SIGNING_KEYS has no key' } }
  const call = strictly(asService)
  const due = await call<Due[]>('take_constancias', { p_key: signer.id, p_limit: BATCH })
  const list = await call<List | null>('take_revocations', {})
  const passes = await call<DuePass[]>('take_passes', { p_limit: BATCH })
  if ((due.length > 0 || list || passes.length > 0) && !(await publishKeys(keys, asService)))
    return { status: 502, body: { message: 'The public keys were not published' } }
  if (due.length > 0)
    await call('settle_constancias', { p_key: signer.id, p_signed: due.map(signedBy(signer)) })
  if (list) await call('settle_revocations', signedList(list, signer))
  if (passes.length > 0) await call('settle_passes', { p_signed: passes.map(passBy(signer)) })
  return { status: 200, body: { signed: due.length, list: list !== null, passes: passes.length } }
}

interface DuePass {
  submission_id: string
  jornada_id: string
  content: string
}

const passBy = ({ publicKey, sign }: Signer) => {
  const signedOf = (head: string) => head + sign(passSigned(head))
  return ({ content, ...seat }: DuePass) => ({ ...seat, signed: signedOf(passHead(publicKey, content)) })
}

interface Due {
  number: number
  text: string
}

const signedBy =
  ({ sign }: Signer) =>
  ({ number, text }: Due) => ({ number, signature: sign(text) })

function signedList(list: List, { id, sign }: Signer) {
  const text = writeRevocations(list, id)
  return { p_text: text, p_signature: sign(text), p_hash: list.hash }
}
