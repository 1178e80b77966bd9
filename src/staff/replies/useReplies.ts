/** The form of the ready-made replies: the institution's texts, or the app's where it has none of its own. */
import { computed, reactive, ref, shallowRef } from 'vue'
import { RpcFault } from '@/data/rpc'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { canon } from '@/domain/canon'
import { refuseTemplate, TEMPLATE_CODES, type TemplateCode } from '@/domain/replyTemplates'
import type { ReplyTemplates } from '@/domain/staffRows'
import { problemText } from '@/i18n/problems'
import { faultText } from '@/i18n/refusals'
import { attemptsOf } from '../attempt'
import { useDeskKitStore } from '../desk/deskKitStore'
import { APP_TEMPLATES } from '../review/reasons'

type Texts = Record<TemplateCode, string>
/** What is wrong with each reply, and `''` with the saving of all. */
type Problems = Partial<Record<TemplateCode | '', string>>

/** What differs from the app's replies. Only that is kept, so that the others follow a newer app. */
const ownOf = (form: Texts): ReplyTemplates['texts'] =>
  Object.fromEntries(
    TEMPLATE_CODES.filter((code) => form[code] !== APP_TEMPLATES[code]).map((code) => [
      code,
      canon(form[code]),
    ]),
  )

const problemsIn = (form: Texts): Problems =>
  Object.fromEntries(
    TEMPLATE_CODES.flatMap((code) => {
      const wrong = refuseTemplate(code, form[code])
      return wrong ? [[code, problemText(wrong)]] : []
    }),
  )

/** A refusal stands at its reply. */
function tell(error: unknown): Problems {
  const field = error instanceof RpcFault ? error.details.field : undefined
  const code = TEMPLATE_CODES.find((one) => one === field)
  return code && error instanceof RpcFault ? { [code]: problemText(error.code) } : { '': faultText(error) }
}

export function useReplies() {
  const kit = useDeskKitStore()
  const form = reactive<Texts>({ ...APP_TEMPLATES })
  const saved = shallowRef<ReplyTemplates | null>(null)
  const problem = ref<Problems>({})
  const isBusy = ref(false)
  const isSaved = ref(false)
  const attempt = attemptsOf({ isBusy, problem }, tell)

  function show(templates: ReplyTemplates): ReplyTemplates {
    saved.value = templates
    Object.assign(form, APP_TEMPLATES, templates.texts)
    return templates
  }
  const { state, run: reload } = useLoad(async () =>
    show((await answerOf(supabase.rpc('desk_kit'))).templates),
  )
  const isChanged = computed(() => {
    const texts = saved.value?.texts ?? {}
    return TEMPLATE_CODES.some((code) => form[code] !== (texts[code] ?? APP_TEMPLATES[code]))
  })

  /** Saves all replies. What is written stays when it fails. */
  async function save(): Promise<void> {
    isSaved.value = false
    problem.value = problemsIn(form)
    const version = saved.value?.version
    if (version === undefined || Object.keys(problem.value).length > 0) return
    await attempt(async () => {
      const asked = { p_expected_version: version, p_texts: ownOf(form) }
      await kit.learnTemplates(show(await answerOf(supabase.rpc('save_reply_templates', asked))))
      isSaved.value = true
    })
  }
  void reload()
  return { form, saved, state, reload, problem, isBusy, isSaved, isChanged, save }
}
