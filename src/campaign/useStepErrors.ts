/** What «Continuar» found on a step, or what the server sent back: in the summary and at the fields. */
import { computed, shallowReadonly, shallowRef } from 'vue'
import { serverNow } from '@/data/serverClock'
import { consentsFor, type CommonAnswers } from './answers'
import { findProblems, stepOfProblem, type FormMaterial, type Problem } from './campaignForm'
import type { FormProps } from './useForm'

/** Id of the control where a problem is mended; empty when it has none. */
function controlOf(field: string, answers: CommonAnswers, { notice }: FormMaterial): string {
  if (field === 'notice' || field === 'window') return ''
  if (field !== 'consents') return field
  const granted = consentsFor(answers, notice.hash)
  const missing = notice.consents.find(({ key, required }) => required && !granted[key])
  return missing ? `consent-${missing.key}` : ''
}

/** `fromServer` is shown on its step until «Continuar» leaves it. What is shown changes only with `check` and
 * `enter`: a summary that changed at every key would take the focus away from who writes. */
export function useStepErrors(props: Readonly<FormProps>) {
  const fromServer = props.refusal
  const isHere = (problem: Problem, step: string) => stepOfProblem(props.form, problem) === step
  const pending = shallowRef(fromServer)
  const shown = shallowRef<Problem[]>([])
  const summary = shallowRef<{ field: string; message: string }[]>([])
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

  /** Shows what is wrong on this step; true when nothing is. */
  function check(step: string, answers: CommonAnswers): boolean {
    const problems = findProblems(props.form, answers, props.material, serverNow()).filter((problem) =>
      isHere(problem, step),
    )
    show(problems, answers)
    if (problems.length > 0) return false
    if (pending.value && isHere(pending.value, step)) pending.value = null
    return true
  }

  /** A step is shown afresh: only what the server said about it is known. */
  function enter(step: string, answers: CommonAnswers): void {
    show(pending.value && isHere(pending.value, step) ? [pending.value] : [], answers)
  }

  const isFromServer = computed(() => shown.value.some((problem) => problem === fromServer))
  return {
    errors,
    summary: shallowReadonly(summary),
    pending: shallowReadonly(pending),
    isFromServer,
    check,
    enter,
  }
}
