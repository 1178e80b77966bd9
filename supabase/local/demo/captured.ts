/** The propuestas of the demonstration that came on paper or in a brigade, handed in by its moderator. */
import { createHash } from 'node:crypto'
import type { Verdict } from '@/domain/ops'
import type { CaptureChannel } from '@/features/propuestas/captures'
import { DEMO_STAFF } from '../keys'
import { idOf, type NewOp, type Phone } from './phone'

/** Of twelve propuestas one came on paper and two in a brigade; the others from their authors' phones. */
function channelOf(index: number): CaptureChannel | null {
  if (index % 12 === 5) return 'paper'
  return index % 6 === 2 ? 'brigade' : null
}

/** An author's op as the one that staff hand in: with the hash of its key, and without the key. */
function enteredOf({ secret = '', ...op }: NewOp, channel: CaptureChannel): NewOp {
  const secret_hash = createHash('sha256').update(secret).digest('hex')
  const payload = {
    ...(op.payload as object),
    channel,
    secret_hash,
    capture_id: idOf(`capture:${op.entity_id}`),
  }
  return { ...op, kind: 'propuesta.enter', payload }
}

/** Sends each op through its channel, and answers their verdicts in the same order. */
export async function sendByChannel(phone: Phone, ops: NewOp[]): Promise<Verdict[]> {
  const token = await phone.signIn(DEMO_STAFF)
  const entered = ops.flatMap((op, index) => {
    const channel = channelOf(index)
    return channel ? [enteredOf(op, channel)] : []
  })
  const own = ops.filter((_, index) => channelOf(index) === null)
  const [byStaff, byAuthors] = [await phone.send(entered, token), await phone.send(own)]
  return ops.map((_, index) => (channelOf(index) ? byStaff : byAuthors).shift()!)
}
