/** One person after the other: what is written, and what the person answers with the phone in hand. */
import { computed, nextTick, ref, type Ref } from 'vue'
import type { FormMaterial } from '@/campaign/form/campaignForm'
import { certainNow, serverNow } from '@/data/serverClock'
import { faultText } from '@/i18n/refusals'
import { attemptsOf } from '@/staff/attempt'
import { type Answers, emptyAnswers } from '../../answers'
import { saveCapture } from './capture'
import { formOf, problemsOf } from './captureForm'

type Step = 'form' | 'person'

/** The answers and the step, with the problems of that step: the permissions are the person's. */
function usePerson(material: Ref<FormMaterial | null | undefined>) {
  const answers = ref<Answers>(emptyAnswers())
  const step = ref<Step>('form')
  const isTried = ref(false)
  const problems = computed<Readonly<Record<string, string>>>(() =>
    material.value ? problemsOf(answers.value, material.value, certainNow()) : {},
  )
  const own = computed(() =>
    Object.entries(problems.value).filter(([field]) => (field === 'consents') === (step.value === 'person')),
  )
  const errors = computed<Readonly<Record<string, string>>>(() =>
    isTried.value ? Object.fromEntries(own.value) : {},
  )
  const change = (patch: Partial<Answers>) => (answers.value = { ...answers.value, ...patch })
  function show(next: Step): void {
    step.value = next
    isTried.value = false
  }
  return { answers, step, isTried, problems, own, errors, change, show }
}

export function useBrigade(userId: string, material: Ref<FormMaterial | null | undefined>) {
  const { isTried, problems, own, show, ...person } = usePerson(material)
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, faultText)

  /** To the person, once the promoter's part can be sent. No permission is ticked before. */
  async function hand(): Promise<void> {
    isTried.value = true
    const [first] = own.value
    if (!first) return show('person')
    await nextTick()
    document.getElementById(first[0])?.focus()
  }
  const ask = () => {
    person.change({ consents: {} })
    show('form')
  }
  /** Forgets what was written: the person does not accept. */
  const refuse = () => {
    person.answers.value = emptyAnswers()
    show('form')
  }
  /** Saves what the person accepted just now; only then the form is empty. */
  const accept = () =>
    attempt(async () => {
      isTried.value = true
      if (!material.value || Object.keys(problems.value).length > 0) return
      const now = serverNow()
      const answers = { ...person.answers.value, consented_at: now.toISOString() }
      const form = formOf(answers, material.value, now)
      await saveCapture(userId, form, { channel: 'brigade', isOpen: true })
      refuse()
    })
  return { ...person, isBusy, problem, hand, accept, refuse, ask }
}
