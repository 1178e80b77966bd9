/**
 * Signs the day's head of the transparency log, and writes its public file (docs/log.md). It signs no head that does not
 * extend the last one that one of its keys signed, whatever the database says.
 */
import type { Answer } from '../_shared/answers.ts'
import type { Objects } from '../_shared/objects.ts'
import { hashesIn, isExtension } from '../_shared/signed/merkle.ts'
import { readHead } from '../_shared/signed/publicLog.ts'
import { type AsService, didSign, publishKeys, signerOf, type SigningKeys, strictly } from './keys.ts'

interface DueHead {
  text: string
  previous: { text: string; signature: string } | null
  consistency: string
}

interface HeadFile {
  day: string
  text: string
  signature: string
  consistency: string
}

const BUCKET = 'log-public'

/** Answers `{head, files}`: whether it signed a head, and how many files it wrote. A file that fails waits for the next call. */
export async function signHead(
  keys: SigningKeys,
  asService: AsService,
  objects: Pick<Objects, 'put'>,
): Promise<Answer> {
  const signer = signerOf(keys)
  if (!signer) return { status: 500, body: { message: 'SIGNING_KEYS has no key' } }
  const call = strictly(asService)
  const due = await call<DueHead | null>('take_log_head', { p_key: signer.id })
  if (due) {
    if (!follows(due, keys))
      return { status: 500, body: { message: 'The log does not extend its last signed head' } }
    if (!(await publishKeys(keys, asService)))
      return { status: 502, body: { message: 'The public keys were not published' } }
    await call('settle_log_head', { p_text: due.text, p_signature: signer.sign(due.text) })
  }
  const waiting = await call<HeadFile[]>('take_log_files', {})
  let files = 0
  for (const file of waiting) {
    if (!(await isWritten(file, objects))) break
    await call('settle_log_file', { p_day: file.day })
    files += 1
  }
  return { status: 200, body: { head: due !== null, files } }
}

/** Whether what is due names the last signed head and proves that it extends it. The first head extends nothing. */
function follows({ text, previous, consistency }: DueHead, keys: SigningKeys): boolean {
  const head = readHead(text)
  if (!head) return false
  if (!previous) return head.previous === null
  const [last, proof] = [readHead(previous.text), hashesIn(consistency)]
  if (!last || !proof || !didSign(keys, last.keyId, previous.text, previous.signature)) return false
  return (
    head.previous?.day === last.day && isExtension(last, head, proof) && isExtension(head.previous, last, [])
  )
}

/** Writes the file of the day, and the one that always holds the newest head. */
async function isWritten(file: HeadFile, objects: Pick<Objects, 'put'>): Promise<boolean> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(file, null, 1)}\n`)
  try {
    for (const name of [file.day, 'ultimo'])
      await objects.put(BUCKET, `${name}.json`, bytes, 'application/json')
    return true
  } catch {
    return false
  }
}
