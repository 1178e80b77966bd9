/** Capture of sheets, one after the other: what is typed, what is wrong, and what is asked once for all of them. */
import { computed, nextTick, reactive, ref, type Ref } from 'vue'
import { hashOf } from '@/campaign/card/card'
import type { FormMaterial } from '@/campaign/form/campaignForm'
import { newSecret } from '@/campaign/form/secret'
import { certainNow, serverNow } from '@/data/serverClock'
import { localDay } from '@/domain/centralTime'
import { faultText } from '@/i18n/refusals'
import { attemptsOf } from '@/staff/attempt'
import { type Answers, emptyAnswers } from '../../answers'
import { saveCapture } from './capture'
import { formOf, problemsOf } from './captureForm'
import type { CaptureMaterial } from './useMaterial'
import { t } from './words'

type Pile = { notice: string | null; day: string }

/** The day that stands on the sheets, at noon: paper has no hour. */
const instantOf = (day: string) => `${day}T12:00:00-06:00`
const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/u.test(day) && day <= localDay(serverNow())

/** The answers of the sheet in hand and its problems, under the notice that is printed on it. */
function useSheet(material: Ref<CaptureMaterial | null | undefined>, pile: Pile) {
  const answers = ref<Answers>(emptyAnswers())
  const isTried = ref(false)
  const sheet = computed<FormMaterial | null>(() => {
    const one = material.value
    if (!one) return null
    return { ...one, notice: one.notices.find(({ id }) => id === pile.notice) ?? one.notice }
  })
  const problems = computed<Readonly<Record<string, string>>>(() => ({
    ...(sheet.value && problemsOf(answers.value, sheet.value, certainNow())),
    ...(!isDay(pile.day) && { day: t('problem.day') }),
  }))
  const errors = computed(() => (isTried.value ? problems.value : {}))
  const change = (patch: Partial<Answers>) => (answers.value = { ...answers.value, ...patch })
  function clear(): void {
    answers.value = emptyAnswers()
    isTried.value = false
  }
  return { answers, isTried, sheet, problems, errors, change, clear }
}

/** Focuses the first field that is wrong, or the first of all. */
async function focusFirst([field = 'about']: string[]): Promise<void> {
  await nextTick()
  const consent = document.querySelector<HTMLElement>('[id^="consent-"]')
  ;(field === 'consents' ? consent : document.getElementById(field))?.focus()
}

export function usePaper(
  userId: string,
  material: Ref<CaptureMaterial | null | undefined>,
  saved: () => void,
) {
  /** What a pile of sheets has in common. */
  const pile = reactive<Pile>({ notice: null, day: localDay(serverNow()) })
  const { isTried, problems, clear, ...form } = useSheet(material, pile)
  const isBusy = ref(false)
  const problem = ref('')
  const count = ref(0)
  const attempt = attemptsOf({ isBusy, problem }, faultText)

  async function keep(sheet: FormMaterial): Promise<void> {
    const secret = newSecret()
    const answers = { ...form.answers.value, consented_at: instantOf(pile.day) }
    const link = { secret, secret_hash: await hashOf(secret) }
    await saveCapture(userId, formOf(answers, sheet, serverNow()), { channel: 'paper', link })
    clear()
    count.value += 1
    saved()
  }
  /** Saves the sheet and clears the form for the next one. */
  const save = () =>
    attempt(async () => {
      isTried.value = true
      const wrong = Object.keys(problems.value)
      if (form.sheet.value && wrong.length === 0) await keep(form.sheet.value)
      await focusFirst(wrong)
    })
  return { ...form, pile, isBusy, problem, count, save }
}
