/**
 * Sends what was captured. Each capture has one id wherever it is, so the database makes one proposal of it, however often and
 * from however many phones it comes: no lease is needed. A capture leaves this phone only with the server's word.
 */
import type { ApplyOpsAnswer, Op, Verdict } from '@/domain/ops'
import { Fault } from '@/domain/fault'
import { type Capture, contentOf, listCaptures, settleCaptures } from './keptCaptures'

/** Sends ops to `apply_ops` as the member who is signed in. */
export type Post = (ops: Op[]) => Promise<ApplyOpsAnswer>

interface SendOutcome {
  received: number
  /** Why the rest did not go: the code of a fault or of a `retry`. Null when nothing is left to send. */
  code: string | null
}

/** Twenty of the longest texts fit a call of `apply_ops`. */
const BATCH = 20

async function opOf(userId: string, row: Capture): Promise<Op | null> {
  const content = await contentOf(userId, row)
  return (
    content && {
      op_id: row.op_id,
      v: 1,
      kind: 'propuesta.enter',
      entity_id: row.entity_id,
      payload: content.payload,
      captured_at: row.at,
    }
  )
}

const isReceived = ({ status }: Verdict) => status === 'applied'

/** Sends a batch and writes its verdicts. Answers how many the server has, and the code of a `retry`. */
async function sendBatch(userId: string, rows: readonly Capture[], post: Post): Promise<SendOutcome> {
  const ops = await Promise.all(rows.map((row) => opOf(userId, row)))
  const readable = ops.filter((op) => op !== null)
  if (readable.length === 0) return { received: 0, code: 'capture_unreadable' }
  const { verdicts } = await post(readable)
  await settleCaptures(userId, rows, verdicts)
  const late = verdicts.find((one) => one.status === 'retry')
  const lacking = readable.length < rows.length ? 'capture_unreadable' : null
  return { received: verdicts.filter(isReceived).length, code: late?.code ?? lacking }
}

/** Sends every capture that waits, once each. Never rejects for a fault of the call: `code` says it. */
export async function sendCaptures(userId: string, post: Post): Promise<SendOutcome> {
  const waiting = (await listCaptures(userId)).filter(({ state }) => state === 'waiting')
  const total: SendOutcome = { received: 0, code: null }
  for (let at = 0; at < waiting.length; at += BATCH) {
    try {
      const { received, code } = await sendBatch(userId, waiting.slice(at, at + BATCH), post)
      total.received += received
      total.code = code ?? total.code
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { ...total, code: error.code }
    }
  }
  return total
}
