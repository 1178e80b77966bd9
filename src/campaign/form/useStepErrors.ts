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

/** What is missing on this step, as far as the phone can tell. */
const findOn = (step: string, answers: CommonAnswers, { form, material }: FormProps) =>
  findProblems(form, answers, material, serverNow()).filter((one) => stepOfProblem(form, one) === step)

/** Who writes is not disturbed: a summary that changed at every key would move the page. A combobox only picks. */
const isWriting = () => document.activeElement?.matches('input:not([role="combobox"]), textarea') ?? false

/**
 * `fromServer` is shown on its step until «Continuar» leaves it. What is shown changes with `check` and `enter`,
 * and goes once something picked (a file, a place in a list) has mended all of it.
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

  /** Shows what is wrong on this step; true when nothing is. */
  function check(step: string, answers: CommonAnswers): boolean {
    const problems = findOn(step, answers, props)
    show(problems, answers)
    if (problems.length > 0) return false
    if (isPending(step)) pending.value = null
    return true
  }

  /** What is shown and no longer true goes. */
  function recheck(step: string, answers: CommonAnswers): void {
    if (shown.value.length === 0 || isFromServer.value || isWriting()) return
    if (findOn(step, answers, props).length === 0) show([], answers)
  }

  /** A step is shown afresh: only what the server said about it is known. */
  function enter(step: string, answers: CommonAnswers): void {
    show(pending.value && isPending(step) ? [pending.value] : [], answers)
  }

  const told = { errors, summary: shallowReadonly(summary), pending: shallowReadonly(pending), isFromServer }
  return { ...told, check, recheck, enter }
}
