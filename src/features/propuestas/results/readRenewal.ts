/** The approved text of a consultation, and whether the phone finds the same hash. */
import { rpcGet } from '@/data/rpc'
import { toHex } from '@/domain/hex'
import type { Followup } from '../followups'
import type { RenewalDocument } from '../renewal'

export interface Renewal {
  document: RenewalDocument
  hash: string
  /** Whether the hash is that of these bytes; null where the phone computes none. */
  isSame: boolean | null
  /** What became of its actions, the newest first. */
  followups: Followup[]
}

/** Null before a text was approved. */
export async function readRenewal(convocatoriaId: string): Promise<Renewal | null> {
  const read = await rpcGet('renewed_strategy', { p_convocatoria: convocatoriaId })
  if (!read) return null
  const bytes = new TextEncoder().encode(read.text)
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes).catch(() => null)
  return {
    document: JSON.parse(read.text) as RenewalDocument,
    hash: read.hash,
    followups: read.followups ?? [],
    isSame: digest ? toHex(new Uint8Array(digest)) === read.hash : null,
  }
}
