/** The form of one decision, saved on this phone while it is written, with its ready-made replies. */
import { reactive, ref, watch } from 'vue'
import { parseFolio } from '@/domain/folio'
import type { StaffItem } from '@/domain/staffRows'
import type { Choice, ReasonCode } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'
import { translator } from '@/i18n/translator'
import type { DecisionForm } from './decisionForm'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { namesOf } from '../kinds'
import { templateOf, withTemplate } from './reasons'
import { useKeeping } from './useKeeping'

const t = translator(messages)

/** The ready-made reply of a reason. For a duplicate it names the other folio once that is valid. */
function replyFor(reason: ReasonCode | '', duplicateOf: string, noun: string): string {
  const key = reason === '' ? null : templateOf(reason)
  if (!key) return ''
  const folio = parseFolio(duplicateOf)
  return key === 'template.duplicate' && !folio
    ? t('template.duplicate_unnamed', { noun })
    : t(key, { noun, folio: folio ?? '' })
}

export function useReply({ id: submissionId, kind }: Pick<StaffItem, 'id' | 'kind'>, decision: Choice) {
  const noun = namesOf(kind).yours
  const form = reactive<DecisionForm>({ message: '', reason: '', duplicateOf: '' })
  const show = (kept: DecisionForm | undefined) => void (kept && Object.assign(form, kept))
  const { userId } = useStaffSessionStore()
  const keeping = useKeeping<DecisionForm>(userId, submissionId, decision, () => form, show)

  const isReady = ref(false)
  /** The kept form is shown. Until then nothing can be typed, because it would be replaced. */
  const ready = keeping.find().then((kept) => {
    show(kept)
    isReady.value = true
  })
  watch(
    () => replyFor(form.reason, form.duplicateOf, noun),
    (next, before) => {
      if (isReady.value) form.message = withTemplate(form.message, before, next)
    },
    { flush: 'sync' }, // «Ctrl+Enter» may follow at once
  )
  watch(form, () => isReady.value && keeping.touch(), { flush: 'sync' })
  return { form, keeping, isReady, ready }
}
