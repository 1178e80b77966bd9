/** The order of the form: one thing a page. Whether an action helps is asked only about actions. */

export const STEPS = [
  'aviso',
  'sobre',
  'ayuda',
  'texto',
  'nombre',
  'sobre-ti',
  'correo',
  'permisos',
  'revisa',
] as const
export type Step = (typeof STEPS)[number]

/** Kind of what the proposal is about: null is «lo que falta», undefined is not chosen yet (or unknown). */
export type AboutKind = 'action' | 'paragraph' | null | undefined

/** The step of that name, or null: addresses are typed by people too. */
export const parseStep = (name: string): Step | null => STEPS.find((step) => step === name) ?? null

/** The steps this proposal goes through. */
export const stepsFor = (about: AboutKind): readonly Step[] =>
  about === 'action' ? STEPS : STEPS.filter((step) => step !== 'ayuda')

/** The step after this one; the last one stays. */
export function stepAfter(step: Step, about: AboutKind): Step {
  const later = STEPS.slice(STEPS.indexOf(step) + 1)
  return later.find((next) => stepsFor(about).includes(next)) ?? 'revisa'
}

/** The step before this one, or null at the first. */
export function stepBefore(step: Step, about: AboutKind): Step | null {
  const earlier = STEPS.slice(0, STEPS.indexOf(step)).reverse()
  return earlier.find((previous) => stepsFor(about).includes(previous)) ?? null
}

/** «Paso 3 de 8»: counts what this proposal goes through. */
export function placeOf(step: Step, about: AboutKind): { number: number; total: number } {
  const steps = stepsFor(about)
  const earlier = steps.filter((other) => STEPS.indexOf(other) < STEPS.indexOf(step))
  return { number: earlier.length + 1, total: steps.length }
}
