/** One draft on its way through the form: what «Continuar» does, and how it ends. */
import { computed, nextTick, watch } from 'vue'
import { useRouter } from 'vue-router'
import { getItem } from '@/data/items'
import { serverNow } from '@/data/serverClock'
import { consentsFor, type CommonAnswers } from './answers'
import { findProblems, type CampaignForm, type FormMaterial, type Problem } from './campaignForm'
import { useDraft, type DraftStart } from './useDraft'
import { useSend } from './useSend'
import { useStepErrors } from './useStepErrors'
import { useSteps } from './useSteps'

export interface FormProps {
  form: CampaignForm
  slug: string
  start: DraftStart
  material: FormMaterial
  step: string
  /** What the server refused of it, when it came back. */
  refusal: Problem | null
}

/** What going on from a step means beside its fields: the notice was read, the consents were answered. */
function acceptanceOf(step: string, answers: CommonAnswers, hash: string): Partial<CommonAnswers> | null {
  if (step === 'aviso') return { notice_hash: hash }
  if (step !== 'permisos') return null
  const consented_at = serverNow().toISOString()
  return { consents: consentsFor(answers, hash), consents_hash: hash, consented_at }
}

/** A file that another tab threw away with this draft is not promised; what was sent already is not asked for. */
async function lostOf({ form, start }: FormProps, answers: CommonAnswers) {
  return (await getItem(start.id)) ? null : form.lost?.(start.id, answers)
}

export function useForm(props: Readonly<FormProps>) {
  const router = useRouter()
  const step = computed(() => props.step)
  const draft = useDraft(props.start, props.material.convocatoria, step)
  const { answers } = draft
  const problems = useStepErrors(props)
  const outbox = useSend(props.form)
  const steps = useSteps(props, answers)

  /** The first thing that is missing in the draft itself; the window is the server's to judge. */
  const firstMissing = (): Problem | null =>
    findProblems(props.form, answers.value, props.material, serverNow()).find(
      ({ field }) => field !== 'window',
    ) ?? null

  async function goOn(): Promise<void> {
    const acceptance = acceptanceOf(props.step, answers.value, props.material.notice.hash)
    if (acceptance) draft.change(acceptance)
    if (!problems.check(props.step, answers.value)) return
    await draft.flush()
    await steps.goOn(firstMissing() ?? problems.pending.value)
  }

  async function send(): Promise<void> {
    const lost = await lostOf(props, answers.value)
    if (lost) draft.change(lost)
    await nextTick()
    if (firstMissing()) return document.getElementById('missing')?.focus()
    await draft.flush()
    if (!(await outbox.send(props.start.id, answers.value, props.material))) return
    draft.close()
    await router.replace(`/guardado/${props.start.id}`)
  }

  /** A notice that was not read yet, or that changed, comes before anything else. */
  function enter(current: string): void {
    problems.enter(current, answers.value)
    const isRead = answers.value.notice_hash === props.material.notice.hash
    if (!isRead && current !== 'aviso') void steps.comeBackTo('aviso')
  }
  watch(step, enter, { immediate: true })
  watch(answers, (now) => problems.recheck(props.step, now))

  const submit = () => (props.step === 'revisa' ? send() : goOn())
  return { answers, draft, problems, outbox, steps, submit }
}
