/**
 * Carries captures to another phone without signal: a file that only the code shown beside it opens. The first phone keeps its
 * copies until the server has them, because a file can get lost; both phones may send, and each capture becomes one proposal.
 */
import * as v from 'valibot'
import { serverNow } from '@/data/serverClock'
import { seal, unseal } from '@/data/staff/sealed'
import { Fault } from '@/domain/fault'
import { uuidV7 } from '@/sync/uuid'
import { fromBase64url, toBase64url } from '../../../../../supabase/functions/_shared/signed/base64url'
import {
  type Capture,
  type CaptureContent,
  changeCaptures,
  contentOf,
  listCaptures,
  listSent,
  ownKey,
  putCaptures,
} from './keptCaptures'

const FORMAT = 'convoca.captures'
const VERSION = 1
/** No vowels and no signs that look alike: a code spells no word and is read aloud without doubt. */
const LETTERS = '23456789BCDFGHJKMNPQRSTVWXYZ'
const LENGTH = 20

/** A new code: 20 signs of 28, about 96 bits, in groups of four. */
export function newCode(
  random: (length: number) => Uint8Array = (n) => crypto.getRandomValues(new Uint8Array(n)),
): string {
  const limit = 256 - (256 % LETTERS.length) // above it the first letters would come more often
  let code = ''
  while (code.length < LENGTH)
    for (const byte of random(LENGTH))
      if (byte < limit && code.length < LENGTH) code += LETTERS[byte % LETTERS.length]
  return code.replace(/.{4}(?=.)/gu, '$&-')
}

const signsOf = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/gu, '')

/** The code is random and long, so one pass of HKDF (RFC 5869) makes a key of it. */
async function keyOf(code: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(signsOf(code)),
    'HKDF',
    false,
    ['deriveKey'],
  )
  const how = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: new TextEncoder().encode(FORMAT),
  }
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

const file = v.object({ format: v.literal(FORMAT), version: v.number(), iv: v.string(), bytes: v.string() })
const carried = v.array(
  v.looseObject({
    capture_id: v.pipe(v.string(), v.uuid()),
    entity_id: v.pipe(v.string(), v.uuid()),
    state: v.string(),
  }),
)
type Carried = Omit<Capture, 'sealed'> & { content: CaptureContent }

/** Every capture that is not sent and whose person has chosen, as a file that this code opens. */
export async function packCaptures(userId: string, code: string): Promise<{ text: string; ids: string[] }> {
  const rows = (await listCaptures(userId)).filter(({ state }) => state !== 'open')
  const all = await Promise.all(
    rows.map(async ({ sealed, ...row }) => {
      const content = await contentOf(userId, { sealed })
      return content && ({ ...row, content } satisfies Carried)
    }),
  )
  const items = all.filter((one) => one !== null)
  const { iv, bytes } = await seal(await keyOf(code), items)
  const text = JSON.stringify({
    format: FORMAT,
    version: VERSION,
    iv: toBase64url(iv),
    bytes: toBase64url(new Uint8Array(bytes)),
  })
  return { text, ids: items.map(({ capture_id }) => capture_id) }
}

/** Notes on these captures that another phone has a copy. */
export function noteHanded(userId: string, ids: readonly string[]): Promise<void> {
  const handed_at = serverNow().toISOString()
  return changeCaptures(userId, ids, (row) => ({ ...row, handed_at }))
}

const bytesOf = (text: string) => fromBase64url(text) ?? new Uint8Array()

async function unpack(text: string, code: string): Promise<Carried[]> {
  let head: v.InferOutput<typeof file>
  try {
    head = v.parse(file, JSON.parse(text))
  } catch (cause) {
    throw new Fault('file_unknown', false, { cause })
  }
  if (head.version > VERSION) throw new Fault('file_newer', false)
  const sealed = { iv: bytesOf(head.iv), bytes: bytesOf(head.bytes) }
  const items = v.safeParse(carried, await unseal(await keyOf(code), sealed))
  if (!items.success) throw new Fault('code_wrong', false)
  return items.output as unknown as Carried[]
}

/**
 * Takes the captures of a file, all or none. Those that this phone has stay as they are, and those that the server has from here do
 * not come back. One that was refused is tried anew, by this member. Answers how many are new here. Faults: `file_unknown`, `file_newer`, `code_wrong`, `storage_full`.
 */
export async function takeCaptures(userId: string, text: string, code: string): Promise<number> {
  const items = await unpack(text, code)
  const campaigns = new Set(items.map(({ convocatoria_id }) => convocatoria_id))
  const sent = await Promise.all([...campaigns].map((campaign) => listSent(userId, campaign)))
  const held = (await listCaptures(userId)).map(({ capture_id }) => capture_id)
  const known = new Set([...held, ...sent.flat()])
  const fresh = items.filter(({ capture_id }) => !known.has(capture_id))
  if (fresh.length === 0) return 0
  const key = await ownKey(userId)
  const rows = fresh.map(async ({ content, ...row }): Promise<Capture> => {
    const again = row.state === 'stuck' ? { op_id: uuidV7() } : {}
    return {
      ...row,
      ...again,
      state: 'waiting',
      code: null,
      handed_at: null,
      sealed: await seal(key, content),
    }
  })
  await putCaptures(userId, key, await Promise.all(rows))
  return fresh.length
}
