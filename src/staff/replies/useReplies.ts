/** The form of the ready-made replies: the institution's texts, or the app's where it has none of its own. */
import { computed, reactive, ref, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { RpcFault } from '@/data/rpc'
import { canon } from '@/domain/canon'
import { refuseTemplate, TEMPLATE_CODES, type TemplateCode } from '@/domain/replyTemplates'
import type { ReplyTemplates } from '@/domain/staffRows'
import { problemText } from '@/i18n/problems'
import { faultText } from '@/i18n/refusals'
import { useDeskKitStore } from '../desk/deskKitStore'
import { APP_TEMPLATES } from '../review/reasons'

export function useReplies() {
  const kit = useDeskKitStore()
  const form = reactive<Record<TemplateCode, string>>({ ...APP_TEMPLATES })
  const saved = shallowRef<ReplyTemplates | null>(null)
  const { state, run: reload } = useLoad(async () =>
    show((await answerOf(supabase.rpc('desk_kit'))).templates),
  )
  const errors = ref<Partial<Record<TemplateCode, string>>>({})
  const problem = ref('')
  const isBusy = ref(false)
  const isSaved = ref(false)

  function show(templates: ReplyTemplates): ReplyTemplates {
    saved.value = templates
    Object.assign(form, APP_TEMPLATES, templates.texts)
    return templates
  }
  /** What differs from the app's replies. Only that is kept, so that the others follow a newer app. */
  const own = () =>
    Object.fromEntries(
      TEMPLATE_CODES.filter((code) => form[code] !== APP_TEMPLATES[code]).map((code) => [
        code,
        canon(form[code]),
      ]),
    )
  const isChanged = computed(() => {
    const texts = saved.value?.texts ?? {}
    return TEMPLATE_CODES.some((code) => form[code] !== (texts[code] ?? APP_TEMPLATES[code]))
  })

  /** Puts a refusal at its reply, or tells the failure. What is written stays. */
  function tell(error: unknown): void {
    const field = TEMPLATE_CODES.find((code) => error instanceof RpcFault && error.details.field === code)
    if (field && error instanceof RpcFault) errors.value = { [field]: problemText(error.code) }
    else problem.value = faultText(error)
  }
  async function save(): Promise<void> {
    if (isBusy.value || !saved.value) return
    problem.value = ''
    isSaved.value = false
    errors.value = {}
    for (const code of TEMPLATE_CODES) {
      const wrong = refuseTemplate(code, form[code])
      if (wrong) errors.value[code] = problemText(wrong)
    }
    if (Object.keys(errors.value).length > 0) return
    isBusy.value = true
    try {
      const asked = { p_expected_version: saved.value.version, p_texts: own() }
      await kit.learnTemplates(show(await answerOf(supabase.rpc('save_reply_templates', asked))))
      isSaved.value = true
    } catch (error) {
      tell(error)
    } finally {
      isBusy.value = false
    }
  }
  void reload()
  return { form, saved, state, reload, errors, problem, isBusy, isSaved, isChanged, save }
}
