/** The problems that a step shows in the summary and at its fields: found by «Continuar» or refused by the server. */
import { computed, shallowReadonly, shallowRef } from 'vue'
import { certainNow } from '@/data/serverClock'
import { consentsFor, type CommonAnswers } from './answers'
import { findProblems, stepOfProblem, type FormMaterial, type Problem } from './campaignForm'
import type { FormProps } from './useForm'

/** The id of the control that fixes a problem; empty when there is none. */
function controlOf(field: string, answers: CommonAnswers, { notice }: FormMaterial): string {
  if (field === 'notice' || field === 'window') return ''
  if (field !== 'consents') return field
  const granted = consentsFor(answers, notice.hash)
  const missing = notice.consents.find(({ key, required }) => required && !granted[key])
  return missing ? `consent-${missing.key}` : ''
}

/** The problems on this step that the phone can find. */
const findOn = (step: string, answers: CommonAnswers, { form, material }: FormProps) =>
  findProblems(form, answers, material, certainNow()).filter((one) => stepOfProblem(form, one) === step)

/**
 * The problems of the current step. The server's refusal is shown on its step until «Continuar» succeeds there.
 * `check` and `enter` change what is shown; `recheck` takes away what is mended, and adds nothing while somebody writes.
 */
export function useStepErrors(props: Readonly<FormProps>) {
  const fromServer = props.refusal
  const pending = shallowRef(fromServer)
  const isPending = (step: string) => pending.value && stepOfProblem(props.form, pending.value) === step
  const shown = shallowRef<Problem[]>([])
  const summary = shallowRef<{ field: string; message: string }[]>([])
  const isFromServer = computed(() => shown.value.some((problem) => problem === fromServer))
  const errors = computed<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(shown.value.map(({ field, code }) => [field, props.form.problemText(code)])),
  )

  function show(problems: Problem[], answers: CommonAnswers): void {
    shown.value = problems
    summary.value = problems.map(({ field, code }) => ({
      field: controlOf(field, answers, props.material),
      message: props.form.problemText(code),
    }))
  }

  /** Shows the problems of this step. Returns true when there are none. */
  function check(step: string, answers: CommonAnswers): boolean {
    const problems = findOn(step, answers, props)
    show(problems, answers)
    if (problems.length > 0) return false
    if (isPending(step)) pending.value = null
    return true
  }

  /** Takes away the shown problems that these answers mend. Only «Continuar» ends the server's refusal. */
  function recheck(step: string, answers: CommonAnswers): void {
    if (shown.value.length === 0 || isFromServer.value) return
    const found = findOn(step, answers, props)
    const left = shown.value.filter((one) =>
      found.some(({ field, code }) => field === one.field && code === one.code),
    )
    if (left.length < shown.value.length) show(left, answers)
  }

  /** Shows a step that was just opened: only the server's refusal is known. */
  function enter(step: string, answers: CommonAnswers): void {
    show(pending.value && isPending(step) ? [pending.value] : [], answers)
  }

  const view = { errors, summary: shallowReadonly(summary), pending: shallowReadonly(pending), isFromServer }
  return { ...view, check, recheck, enter }
}
