/** The form of one decision, kept on the phone while it is written, with its ready-made replies. */
import { onMounted, onScopeDispose, reactive, ref, watch } from 'vue'
import { getReply, saveReply } from '@/data/staffReplies'
import { parseFolio } from '@/domain/folio'
import type { StaffItem } from '@/domain/staffRows'
import type { Decision, ReasonCode } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'
import words from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'
import type { DecisionForm } from './decisionForm'
import { useDesk } from './desk'
import { templateOf, withTemplate } from './reasons'

const AUTOSAVE_MS = 400

const t = translator(messages)
const k = translator(words)

/** The ready-made reply of a reason; a duplicate's names the other folio once it is right. */
function replyFor(reason: ReasonCode | '', duplicateOf: string, noun: string): string {
  const key = reason === '' ? null : templateOf(reason)
  if (!key) return ''
  const folio = parseFolio(duplicateOf)
  return key === 'template.duplicate' && !folio
    ? t('template.duplicate_unnamed', { noun })
    : t(key, { noun, folio: folio ?? '' })
}

export function useReply({ id: submissionId, kind }: Pick<StaffItem, 'id' | 'kind'>, decision: Decision) {
  const noun = k(`noun.${kind}`)
  const { userId } = useDesk()
  const form = reactive<DecisionForm>({ message: '', reason: '', duplicateOf: '' })
  const isReady = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDropped = false

  const save = () => {
    clearTimeout(timer)
    if (isReady.value && !isDropped)
      void saveReply(userId, submissionId, decision, { ...form }).catch(() => undefined)
  }
  onMounted(async () => {
    const kept = await getReply(userId, submissionId, decision).catch(() => undefined)
    if (kept) Object.assign(form, kept)
    isReady.value = true
    watch(
      () => replyFor(form.reason, form.duplicateOf, noun),
      (next, before) => (form.message = withTemplate(form.message, before, next)),
    )
    watch(form, () => {
      clearTimeout(timer)
      timer = setTimeout(save, AUTOSAVE_MS)
    })
  })
  onScopeDispose(save)

  /** The reply became a decision, saved with it: nothing is to be kept here any more. */
  const drop = () => {
    isDropped = true
    clearTimeout(timer)
  }
  return { form, isReady, drop }
}
