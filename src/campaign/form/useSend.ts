/** Moves a complete draft to the outbox, once. One transaction adds the op and its secret and deletes the draft. */
import { readonly, ref } from 'vue'
import { forgetDraft } from '@/data/drafts'
import { getItem, saveItem, type Item } from '@/data/items'
import { serverNow } from '@/data/serverClock'
import { getSubmission } from '@/data/submissions'
import { Fault } from '@/domain/fault'
import { kindNamed } from '@/domain/kinds'
import { excerpt, TITLE_LENGTH } from '@/domain/text'
import { enqueue } from '@/sync/enqueue'
import type { CommonAnswers } from './answers'
import type { CampaignForm, FormMaterial } from './campaignForm'
import { newSecret } from './secret'

/** Whether this or another tab already moved the draft to the outbox. */
async function isHandedOver(id: string): Promise<boolean> {
  const submission = await getSubmission(id)
  return !!submission && !submission.refusal && (submission.row !== null || submission.pending.length > 0)
}

async function handOver(
  form: CampaignForm,
  id: string,
  answers: CommonAnswers,
  material: FormMaterial,
): Promise<void> {
  if (await isHandedOver(id)) return
  const secret = newSecret()
  const payload = form.toPayload(answers, material, serverNow())
  const item: Item = {
    id,
    kind: form.kind,
    convocatoria_id: material.convocatoria.id,
    title: excerpt(kindNamed(form.kind)?.titleOf({ ...payload }) ?? '', TITLE_LENGTH),
    secret,
    folio: null,
    created_at: serverNow().toISOString(),
  }
  await enqueue({ kind: form.submit, entity_id: id, payload, secret }, async () => {
    if (await getItem(id)) throw new Fault('handed_over', false) // another tab was first, and its secret stays
    await saveItem(item)
    await forgetDraft(id)
  })
}

/** The command that sends a draft, with its progress and failure. */
export function useSend(form: CampaignForm) {
  const sending = ref(false)
  const failed = ref(false)

  /** True once the op is stored durably. A call during another does nothing. A failure leaves the draft unchanged. */
  async function send(id: string, answers: CommonAnswers, material: FormMaterial): Promise<boolean> {
    if (sending.value) return false
    sending.value = true
    failed.value = false
    try {
      await handOver(form, id, answers, material)
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
