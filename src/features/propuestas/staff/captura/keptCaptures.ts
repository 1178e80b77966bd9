/**
 * What a member captured and the server has not received yet, in table `meta`, encrypted with a key that the browser keeps and
 * never hands out (`sealed.ts`). A capture leaves this phone when the server has it, or when somebody discards it; signing out
 * leaves it, and only its member sees it again. With the last of them the key goes too.
 */
import { db } from '@/data/db'
import { asStorage } from '@/data/storageFault'
import { newKey, seal, type Sealed, unseal } from '@/data/staff/sealed'
import type { Verdict } from '@/domain/ops'
import type { CapturedRow, CaptureChannel, EnteredPropuesta } from '../../captures'

/** A capture as it lies here. What a person wrote is in `sealed` only. */
export interface Capture {
  capture_id: string
  op_id: string
  /** The submission: the card's, or the capture's own id. */
  entity_id: string
  convocatoria_id: string
  channel: CaptureChannel
  /** When it was captured, by the server's clock as this phone knew it. */
  at: string
  /** `open`: its person is still choosing a card. `stuck`: the server refused it, and says why in `code`. */
  state: 'open' | 'waiting' | 'stuck'
  code: string | null
  /** When a copy of it was last handed to another phone. */
  handed_at: string | null
  sealed: Sealed
}

export interface CaptureContent {
  payload: EnteredPropuesta
  /** The key of the private link for the slip; null without one, and where a card has it. */
  secret: string | null
}

/** What the slip of a received capture says, until it is printed. */
export interface Slip {
  capture_id: string
  folio: string
  secret: string
}

interface SlipRow {
  convocatoria_id: string
  at: string
  sealed: Sealed
}

const own = (userId: string, name = '') => `capture:${userId}:${name}`
const itemName = (userId: string, id: string) => own(userId, `item:${id}`)
const slipName = (userId: string, id: string) => own(userId, `slip:${id}`)
const sentName = (userId: string, campaign: string) => own(userId, `sent:${campaign}`)
const keyName = (userId: string) => own(userId, 'key')
const valueOf = async <T>(name: string) => (await db.meta.get(name))?.value as T | undefined
const allOf = <T>(name: string) =>
  db.meta
    .where('key')
    .startsWith(name)
    .toArray()
    .then((rows) => rows.map(({ value }) => value as T))

const written = <T>(work: () => Promise<T>) => asStorage(() => db.transaction('rw', db.meta, work))

/** This member's key; of two tabs that make one, the first counts. */
export async function ownKey(userId: string): Promise<CryptoKey> {
  const made = await newKey()
  return written(async () => {
    const held = await valueOf<CryptoKey>(keyName(userId))
    if (!held) await db.meta.put({ key: keyName(userId), value: made })
    return held ?? made
  })
}

/** Writes captures with the key that opens them, which the end of the last one may have deleted meanwhile. */
export const putCaptures = (userId: string, key: CryptoKey, rows: readonly Capture[]): Promise<void> =>
  written(async () => {
    await db.meta.put({ key: keyName(userId), value: key })
    for (const row of rows) await db.meta.put({ key: itemName(userId, row.capture_id), value: row })
  })

/** Changes these captures where they are still here. `change` is given the row as it is now. */
export const changeCaptures = (
  userId: string,
  ids: readonly string[],
  change: (row: Capture) => Capture,
): Promise<void> =>
  written(async () => {
    for (const id of ids) {
      const row = await valueOf<Capture>(itemName(userId, id))
      if (row) await db.meta.put({ key: itemName(userId, id), value: change(row) })
    }
  })

/** This member's captures that the server has not received, the oldest first. */
export const listCaptures = async (userId: string): Promise<Capture[]> =>
  (await allOf<Capture>(own(userId, 'item:'))).sort((a, b) => a.at.localeCompare(b.at))

export const getCapture = (userId: string, id: string) => valueOf<Capture>(itemName(userId, id))

/** The ids of the captures of this campaign that the server has received from here. */
export async function listSent(userId: string, campaign: string): Promise<string[]> {
  const ids = await valueOf<string[]>(sentName(userId, campaign))
  return Array.isArray(ids) ? ids : []
}

/** What a capture says; null where its key is lost. */
export async function contentOf(
  userId: string,
  { sealed }: Pick<Capture, 'sealed'>,
): Promise<CaptureContent | null> {
  const key = await valueOf<CryptoKey>(keyName(userId))
  return key ? unseal<CaptureContent>(key, sealed) : null
}

/** The slips of this campaign that are to be printed, the oldest first. */
export async function listSlips(userId: string, campaign: string): Promise<Slip[]> {
  const [key, rows] = await Promise.all([
    valueOf<CryptoKey>(keyName(userId)),
    allOf<SlipRow>(own(userId, 'slip:')),
  ])
  const mine = rows.filter((row) => row.convocatoria_id === campaign).sort((a, b) => a.at.localeCompare(b.at))
  const slips = await Promise.all(mine.map(({ sealed }) => (key ? unseal<Slip>(key, sealed) : null)))
  return slips.filter((slip) => slip !== null)
}

/** Deletes the key where nothing is under it. Call it in a transaction. */
async function endKey(userId: string): Promise<void> {
  const left = await db.meta.where('key').startsWithAnyOf(own(userId, 'item:'), own(userId, 'slip:')).count()
  if (left === 0) await db.meta.delete(keyName(userId))
}

export const dropSlips = (userId: string, ids: readonly string[]): Promise<void> =>
  written(async () => {
    await db.meta.bulkDelete(ids.map((id) => slipName(userId, id)))
    await endKey(userId)
  })

/** Discards a capture, as a member asked. */
export const dropCapture = (userId: string, id: string): Promise<void> =>
  written(async () => {
    await db.meta.delete(itemName(userId, id))
    await endKey(userId)
  })

/** The slip of an applied capture that has a key, sealed. */
async function slipOf(userId: string, row: Capture, verdict: Verdict | undefined): Promise<SlipRow | null> {
  if (verdict?.status !== 'applied' || !verdict.row) return null
  const [key, content] = await Promise.all([valueOf<CryptoKey>(keyName(userId)), contentOf(userId, row)])
  if (!key || !content?.secret) return null
  const slip: Slip = {
    capture_id: row.capture_id,
    folio: (verdict.row as CapturedRow).folio,
    secret: content.secret,
  }
  return { convocatoria_id: row.convocatoria_id, at: row.at, sealed: await seal(key, slip) }
}

/** Writes one verdict. Call it in a transaction. A capture counts once, also one that another phone hands back. */
async function settle(userId: string, row: Capture, verdict: Verdict | undefined, slip: SlipRow | null) {
  const name = itemName(userId, row.capture_id)
  const held = await valueOf<Capture>(name)
  if (!held || !verdict) return
  if (verdict.status === 'applied') {
    await db.meta.delete(name)
    if (slip) await db.meta.put({ key: slipName(userId, row.capture_id), value: slip })
    const sent = new Set(await listSent(userId, row.convocatoria_id)).add(row.capture_id)
    await db.meta.put({ key: sentName(userId, row.convocatoria_id), value: [...sent] })
  } else if (verdict.status === 'refused' && held.op_id === verdict.op_id) {
    await db.meta.put({ key: name, value: { ...held, state: 'stuck', code: verdict.code } satisfies Capture })
  }
}

/** Writes what the server said of these captures: what it has leaves this phone, what it refused waits for a person. */
export async function settleCaptures(
  userId: string,
  rows: readonly Capture[],
  verdicts: readonly Verdict[],
): Promise<void> {
  const answers = rows.map((row) => verdicts.find(({ op_id }) => op_id === row.op_id))
  const slips = await Promise.all(rows.map((row, at) => slipOf(userId, row, answers[at])))
  await written(async () => {
    for (const [at, row] of rows.entries()) await settle(userId, row, answers[at], slips[at] ?? null)
    await endKey(userId)
  })
}
