/** Where one is in a form, and where back and «Continuar» lead. One thing a page. */
import type { CommonAnswers } from './answers'
import type { CampaignForm, FormMaterial } from './campaignForm'

/** The steps these answers go through. */
export const stepsFor = (form: CampaignForm, answers: CommonAnswers, material: FormMaterial): string[] =>
  form.steps.filter((step) => form.takes(step, answers, material))

/** The step after this one; the last one stays. `walk` is what the answers go through. */
export function stepAfter(form: CampaignForm, step: string, walk: readonly string[]): string {
  const later = form.steps.slice(form.steps.indexOf(step) + 1)
  return later.find((next) => walk.includes(next)) ?? 'revisa'
}

/** The step before this one, or null at the first. */
export function stepBefore(form: CampaignForm, step: string, walk: readonly string[]): string | null {
  const earlier = form.steps.slice(0, form.steps.indexOf(step)).reverse()
  return earlier.find((previous) => walk.includes(previous)) ?? null
}

/** «Paso 3 de 8»: counts what these answers go through. */
export function placeOf(
  form: CampaignForm,
  step: string,
  walk: readonly string[],
): { number: number; total: number } {
  const earlier = walk.filter((other) => form.steps.indexOf(other) < form.steps.indexOf(step))
  return { number: earlier.length + 1, total: walk.length }
}
