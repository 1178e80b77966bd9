/** One draft on its way through the form: what «Continuar» does, and how it ends. */
import { computed, watch } from 'vue'
import { useRouter } from 'vue-router'
import { serverNow } from '@/data/serverClock'
import { consentsFor, type Answers } from './answers'
import { findProblems, type FormMaterial, type Problem } from './checkDraft'
import type { Step } from './stepGraph'
import { toSubmission } from './toSubmission'
import { useDraft, type DraftStart } from './useDraft'
import { useSend } from './useSend'
import { useStepErrors } from './useStepErrors'
import { useSteps } from './useSteps'

export interface FormProps {
  slug: string
  start: DraftStart
  material: FormMaterial
  step: Step
  /** What the server refused of it, when it came back. */
  refusal: Problem | null
}

/** What going on from a step means beside its fields: the notice was read, the consents were answered. */
function acceptanceOf(step: Step, answers: Answers, hash: string): Partial<Answers> | null {
  if (step === 'aviso') return { notice_hash: hash }
  if (step !== 'permisos') return null
  const consented_at = serverNow().toISOString()
  return { consents: consentsFor(answers, hash), consents_hash: hash, consented_at }
}

/** The first thing that is missing in the draft itself; the window is the server's to judge. */
const firstMissing = (answers: Answers, material: FormMaterial): Problem | null =>
  findProblems(answers, material, serverNow()).find(({ field }) => field !== 'window') ?? null

export function useForm(props: Readonly<FormProps>) {
  const router = useRouter()
  const step = computed(() => props.step)
  const draft = useDraft(props.start, props.material.convocatoria, step)
  const { answers } = draft
  const problems = useStepErrors(props.refusal)
  const outbox = useSend()
  const steps = useSteps(props, answers)

  async function goOn(): Promise<void> {
    const acceptance = acceptanceOf(props.step, answers.value, props.material.notice.hash)
    if (acceptance) draft.change(acceptance)
    if (!problems.check(props.step, answers.value, props.material, serverNow())) return
    await draft.flush()
    await steps.goOn(firstMissing(answers.value, props.material) ?? problems.pending.value)
  }

  async function send(): Promise<void> {
    if (firstMissing(answers.value, props.material)) return document.getElementById('missing')?.focus()
    await draft.flush()
    const payload = toSubmission(answers.value, props.material, serverNow())
    if (!(await outbox.send(props.start.id, payload, props.material.convocatoria))) return
    draft.close()
    await router.replace(`/guardado/${props.start.id}`)
  }

  /** A notice that was not read yet, or that changed, comes before anything else. */
  function enter(current: Step): void {
    problems.enter(current, answers.value, props.material)
    const isRead = answers.value.notice_hash === props.material.notice.hash
    if (!isRead && current !== 'aviso') void steps.comeBackTo('aviso')
  }
  watch(step, enter, { immediate: true })

  const submit = () => (props.step === 'revisa' ? send() : goOn())
  return { answers, draft, problems, outbox, steps, submit }
}
