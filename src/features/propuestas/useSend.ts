/** Hands a whole draft to the outbox, once: in one transaction the op and its secret come, the draft goes. */
import { readonly, ref } from 'vue'
import { discardDraft } from '@/data/drafts'
import { getItem, saveItem, type Item } from '@/data/items'
import { getSubmission } from '@/data/submissions'
import { Fault } from '@/domain/fault'
import type { PropuestaSubmission } from '@/domain/propuesta'
import type { Convocatoria } from '@/domain/rows'
import { enqueue } from '@/sync/enqueue'
import { newSecret } from './secret'

const TITLE_LENGTH = 60

/** The first words of a body, for lists. */
const titleOf = (body: string): string => {
  const line = body.replace(/\s+/gu, ' ').trim()
  const points = [...line]
  return points.length > TITLE_LENGTH ? `${points.slice(0, TITLE_LENGTH).join('').trimEnd()}…` : line
}

/** Whether this draft was already handed over, here or in another tab. */
async function isHandedOver(id: string): Promise<boolean> {
  const submission = await getSubmission(id)
  return !!submission && !submission.refusal && (submission.row !== null || submission.pending.length > 0)
}

async function handOver(id: string, payload: PropuestaSubmission, convocatoria: Convocatoria): Promise<void> {
  if (await isHandedOver(id)) return
  const secret = newSecret()
  const item: Item = {
    id,
    kind: convocatoria.kind,
    convocatoria_id: convocatoria.id,
    title: titleOf(payload.body),
    secret,
    folio: null,
    created_at: new Date().toISOString(),
  }
  await enqueue({ kind: 'propuesta.submit', entity_id: id, payload, secret }, async () => {
    if (await getItem(id)) throw new Fault('handed_over', false) // another tab was first: its secret stays
    await saveItem(item)
    await discardDraft(id)
  })
}

export function useSend() {
  const sending = ref(false)
  const failed = ref(false)

  /** True once it is durable. A second tap meanwhile does nothing; a failure leaves the draft as it was. */
  async function send(
    id: string,
    payload: PropuestaSubmission,
    convocatoria: Convocatoria,
  ): Promise<boolean> {
    if (sending.value) return false
    sending.value = true
    failed.value = false
    try {
      await handOver(id, payload, convocatoria)
      return true
    } catch {
      if (await isHandedOver(id)) return true
      failed.value = true
      sending.value = false
      return false
    }
  }
  return { sending: readonly(sending), failed: readonly(failed), send }
}
