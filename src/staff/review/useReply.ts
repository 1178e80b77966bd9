/** The form of one decision, saved on this phone while it is written, with its ready-made replies. */
import { reactive, ref, watch } from 'vue'
import { parseFolio } from '@/domain/folio'
import type { StaffItem } from '@/domain/staffRows'
import type { Choice } from '@/domain/states'
import type { DecisionForm } from './decisionForm'
import { useDeskKitStore } from '../desk/deskKitStore'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { namesOf } from '../kinds'
import { replyOf, templateCode, withTemplate } from './reasons'
import { useKeeping } from './useKeeping'

export function useReply({ id: submissionId, kind }: Pick<StaffItem, 'id' | 'kind'>, decision: Choice) {
  const noun = namesOf(kind).yours
  const form = reactive<DecisionForm>({ message: '', reason: '', duplicateOf: '' })
  const show = (kept: DecisionForm | undefined) => void (kept && Object.assign(form, kept))
  const kit = useDeskKitStore()
  const { userId } = useStaffSessionStore()
  const keeping = useKeeping<DecisionForm>(userId, submissionId, decision, () => form, show)

  /** The ready-made reply. For a duplicate it names the other folio once that is valid. */
  function reply(): string {
    const folio = parseFolio(form.duplicateOf)
    const code = templateCode(decision, form.reason, folio)
    return code ? replyOf(code, kit.kit.templates.texts, { noun, folio: folio ?? '' }) : ''
  }
  const isReady = ref(false)
  /** The kept form is shown. Until then nothing can be typed, because it would be replaced. */
  const ready = keeping.find().then((kept) => {
    if (kept) show(kept)
    else form.message = reply()
    isReady.value = true
  })
  watch(
    reply,
    (next, before) => {
      if (isReady.value) form.message = withTemplate(form.message, before, next)
    },
    { flush: 'sync' }, // «Ctrl+Enter» may follow at once
  )
  watch(form, () => isReady.value && keeping.touch(), { flush: 'sync' })
  return { form, keeping, isReady, ready }
}
