/** The order of a form's steps: the position of a step, and the steps before and after it. */
import type { CommonAnswers } from './answers'
import type { CampaignForm, FormMaterial } from './campaignForm'

/** Steps that every kind had of its own in earlier versions, and the step that asks the same now. */
const MOVED: Readonly<Record<string, string>> = { nombre: 'sobre-ti', correo: 'sobre-ti' }

/** The step of this form that an address or a draft of any version means; null when it has none. */
export function currentStep(form: CampaignForm, step: string): string | null {
  const current = form.moved?.[step] ?? (form.steps.includes(step) ? step : MOVED[step])
  return form.steps.find((known) => known === current) ?? null
}

/** The steps that apply to these answers. */
export const stepsFor = (form: CampaignForm, answers: CommonAnswers, material: FormMaterial): string[] =>
  form.steps.filter((step) => form.applies(step, answers, material))

/** The step after this one; the last step for the last. `path`: the steps that apply, from `stepsFor`. */
export function stepAfter(form: CampaignForm, step: string, path: readonly string[]): string {
  const later = form.steps.slice(form.steps.indexOf(step) + 1)
  return later.find((next) => path.includes(next)) ?? 'revisa'
}

/** The step before this one; null for the first. */
export function stepBefore(form: CampaignForm, step: string, path: readonly string[]): string | null {
  const earlier = form.steps.slice(0, form.steps.indexOf(step)).reverse()
  return earlier.find((previous) => path.includes(previous)) ?? null
}

/** The numbers of «Paso 3 de 6», counted over the steps that apply. */
export function positionOf(
  form: CampaignForm,
  step: string,
  path: readonly string[],
): { number: number; total: number } {
  const earlier = path.filter((other) => form.steps.indexOf(other) < form.steps.indexOf(step))
  return { number: earlier.length + 1, total: path.length }
}
