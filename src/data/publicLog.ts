/** What this phone asks of the transparency log, and the last head that it saw. Only the part of a folio that checks it loads this. */
import type { LogProof, SignedHead } from '@/domain/publicLog'
import { db } from './db'
import { rpc } from './rpc'
import { asStorage } from './storageFault'

const SEEN = 'public_log_head'

/** The last head that this phone found to be signed and to extend the one before; undefined before the first. */
export const seenHead = (): Promise<SignedHead | undefined> =>
  asStorage(() => db.meta.get(SEEN)).then((row) => row?.value as SignedHead | undefined)

export const keepHead = (value: SignedHead): Promise<unknown> =>
  asStorage(() => db.meta.put({ key: SEEN, value }))

/** `known`: how many leaves the last seen head has; 0 without one. Faults as `rpc`. */
export const askLogProof = (p_folio: string, p_secret: string, p_known: number): Promise<LogProof> =>
  rpc('log_proof', { p_folio, p_secret, p_known })
