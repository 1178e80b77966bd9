/** The flow of a form: what «Continuar» and «Enviar» do with a draft. */
import { computed, nextTick, watch } from 'vue'
import { useRouter } from 'vue-router'
import { getItem } from '@/data/items'
import { certainNow, serverNow } from '@/data/serverClock'
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
  /** The server's refusal, when the person returns to fix it. */
  refusal: Problem | null
}

/** What «Continuar» records besides the fields: that the notice was read, or that the consents were answered. */
function acceptanceOf(step: string, answers: CommonAnswers, hash: string): Partial<CommonAnswers> | null {
  if (step === 'aviso') return { notice_hash: hash }
  if (step !== 'permisos') return null
  const consented_at = serverNow().toISOString()
  return { consents: consentsFor(answers, hash), consents_hash: hash, consented_at }
}

/** The change that clears answers whose data is missing, for example a video that another tab discarded. */
async function findMissingData({ form, start }: FormProps, answers: CommonAnswers) {
  const isSent = await getItem(start.id)
  return isSent ? null : form.clearMissing?.(start.id, answers)
}

/** The draft, problems, steps and submit handler of a form page. Call it in a setup. */
export function useForm(props: Readonly<FormProps>) {
  const router = useRouter()
  const step = computed(() => props.step)
  const draft = useDraft(props.start, (stored) => props.form.read(stored), props.material.convocatoria, step)
  const { answers } = draft
  const problems = useStepErrors(props)
  const outbox = useSend(props.form)
  const steps = useSteps(props, answers)

  /** The first problem of the draft itself. Only the server judges whether the campaign is open. */
  const firstMissing = (): Problem | null =>
    findProblems(props.form, answers.value, props.material, certainNow()).find(
      ({ field }) => field !== 'window',
    ) ?? null

  async function next(): Promise<void> {
    const acceptance = acceptanceOf(props.step, answers.value, props.material.notice.hash)
    if (acceptance) draft.change(acceptance)
    if (!problems.check(props.step, answers.value)) return
    await draft.flush()
    await steps.next(firstMissing() ?? problems.pending.value)
  }

  async function send(): Promise<void> {
    const cleared = await findMissingData(props, answers.value)
    if (cleared) draft.change(cleared)
    await nextTick()
    if (firstMissing()) return document.getElementById('missing')?.focus()
    await draft.flush()
    if (draft.id.value !== props.start.id) return // another tab was first: the page goes to the draft of these answers
    if (!(await outbox.send(props.start.id, answers.value, props.material))) return
    draft.close()
    await router.replace(`/guardado/${props.start.id}`)
  }

  /** Shows the notice first when the person has not read it or it has changed. */
  function enter(current: string): void {
    problems.enter(current, answers.value)
    const isRead = answers.value.notice_hash === props.material.notice.hash
    if (!isRead && current !== 'aviso') void steps.redirectTo('aviso')
  }
  watch(step, enter, { immediate: true })
  watch(answers, (now) => problems.recheck(props.step, now))

  const submit = () => (props.step === 'revisa' ? send() : next())
  return { answers, draft, problems, outbox, steps, submit }
}
