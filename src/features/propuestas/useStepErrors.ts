/** What «Continuar» found on a step, or what the server sent back: in the summary and at the fields. */
import { computed, shallowReadonly, shallowRef } from 'vue'
import { consentsFor, type Answers } from './answers'
import { findProblems, stepOfField, type Field, type FormMaterial, type Problem } from './checkDraft'
import { problemText } from './problemText'
import type { Step } from './stepGraph'

/** Id of the control where a problem is mended; empty when it has none. */
function controlOf(field: Field, answers: Answers, { notice }: FormMaterial): string {
  if (field === 'notice' || field === 'window') return ''
  if (field !== 'consents') return field
  const granted = consentsFor(answers, notice.hash)
  const missing = notice.consents.find(({ key, required }) => required && !granted[key])
  return missing ? `consent-${missing.key}` : ''
}

/** `fromServer` is shown on its step until «Continuar» leaves it. What is shown changes only with `check` and
 * `enter`: a summary that changed at every key would take the focus away from who writes. */
export function useStepErrors(fromServer: Problem | null) {
  const isHere = (problem: Problem, step: Step) => stepOfField(problem.field) === step
  const pending = shallowRef(fromServer)
  const shown = shallowRef<Problem[]>([])
  const summary = shallowRef<{ field: string; message: string }[]>([])
  const errors = computed(() =>
    Object.fromEntries(shown.value.map(({ field, code }) => [field, problemText(code)])),
  )

  function show(problems: Problem[], answers: Answers, material: FormMaterial): void {
    shown.value = problems
    summary.value = problems.map(({ field, code }) => ({
      field: controlOf(field, answers, material),
      message: problemText(code),
    }))
  }

  /** Shows what is wrong on this step; true when nothing is. */
  function check(step: Step, answers: Answers, material: FormMaterial, now: Date): boolean {
    const problems = findProblems(answers, material, now).filter((problem) => isHere(problem, step))
    show(problems, answers, material)
    if (problems.length > 0) return false
    if (pending.value && isHere(pending.value, step)) pending.value = null
    return true
  }

  /** A step is shown afresh: only what the server said about it is known. */
  function enter(step: Step, answers: Answers, material: FormMaterial): void {
    show(pending.value && isHere(pending.value, step) ? [pending.value] : [], answers, material)
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
