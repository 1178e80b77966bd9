/** Captures and what becomes of them on this phone: saved, bound to a card, sent again. */
import { serverNow } from '@/data/serverClock'
import { seal } from '@/data/staff/sealed'
import type { Card } from '@/campaign/card/card'
import { canonJson } from '@/domain/canon'
import { Fault } from '@/domain/fault'
import { uuidV7 } from '@/sync/uuid'
import type { CaptureChannel, EnteredPropuesta } from '../../captures'
import {
  type Capture,
  type CaptureContent,
  changeCaptures,
  contentOf,
  getCapture,
  listCaptures,
  ownKey,
  putCaptures,
} from './keptCaptures'

/** What a form says; what the capture adds comes from here. */
type Captured = Omit<EnteredPropuesta, 'channel' | 'capture_id' | 'secret_hash' | 'noted_by'>

interface How {
  channel: CaptureChannel
  /** Waits for a card before it is sent. */
  isOpen?: boolean
  /** The key of a private link for a slip, and its hash. */
  link?: { secret: string; secret_hash: string }
}

/** Saves a capture; when it resolves, a dead battery loses nothing. Faults: `storage_full`, `storage_failed`. */
export async function saveCapture(userId: string, form: Captured, how: How): Promise<string> {
  const capture_id = crypto.randomUUID()
  const payload = canonJson({
    ...form,
    channel: how.channel,
    capture_id,
    secret_hash: how.link?.secret_hash ?? null,
    noted_by: userId,
  } satisfies EnteredPropuesta) as EnteredPropuesta
  const content: CaptureContent = { payload, secret: how.link?.secret ?? null }
  const key = await ownKey(userId)
  await putCaptures(userId, key, [
    {
      capture_id,
      op_id: uuidV7(),
      entity_id: capture_id,
      convocatoria_id: form.convocatoria_id,
      channel: how.channel,
      at: serverNow().toISOString(),
      state: how.isOpen ? 'open' : 'waiting',
      code: null,
      handed_at: null,
      sealed: await seal(key, content),
    },
  ])
  return capture_id
}

/** A capture with its content. Faults: `capture_gone` (discarded or received), `capture_unreadable`. */
async function openCapture(userId: string, id: string): Promise<{ row: Capture; content: CaptureContent }> {
  const row = await getCapture(userId, id)
  if (!row) throw new Fault('capture_gone', false)
  const content = await contentOf(userId, row)
  if (!content) throw new Fault('capture_unreadable', false)
  return { row, content }
}

/** Writes a capture anew, unless the server has received it meanwhile. */
async function rewrite(userId: string, next: Capture, content: CaptureContent): Promise<void> {
  const sealed = await seal(await ownKey(userId), content)
  await changeCaptures(userId, [next.capture_id], ({ handed_at }) => ({ ...next, handed_at, sealed }))
}

/**
 * Ends the choice of a card: binds this one, whose key is not kept, or none. Faults: `card_used`, when another person captured on
 * this phone has it; the server knows the other phones'.
 */
export async function closeCapture(userId: string, id: string, card: Card | null): Promise<void> {
  const { row, content } = await openCapture(userId, id)
  if (row.state !== 'open') return
  const others = await listCaptures(userId)
  if (card && others.some((one) => one.entity_id === card.id && one.capture_id !== id))
    throw new Fault('card_used', false)
  const payload: EnteredPropuesta = { ...content.payload, secret_hash: card?.secret_hash ?? null }
  await rewrite(userId, { ...row, entity_id: card?.id ?? id, state: 'waiting' }, { ...content, payload })
}

/**
 * Sends a refused capture again. `withoutCard`: as a submission of its own, because somebody else has its card. The capture's id
 * stays, so that it becomes one proposal although another phone does the same.
 */
export async function retryCapture(userId: string, id: string, withoutCard: boolean): Promise<void> {
  const { row, content } = await openCapture(userId, id)
  const again: Capture = { ...row, op_id: uuidV7(), state: 'waiting', code: null }
  if (!withoutCard) return rewrite(userId, again, content)
  const payload: EnteredPropuesta = { ...content.payload, secret_hash: null }
  await rewrite(userId, { ...again, entity_id: id }, { payload, secret: null })
}
