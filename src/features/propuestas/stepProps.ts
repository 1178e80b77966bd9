import type { Answers } from './answers'
import type { Field, FormMaterial } from './checkDraft'

/** What each step of the form is given; it answers with `change(patch)`. */
export interface StepProps {
  answers: Answers
  material: FormMaterial
  /** Words of what is wrong, by field. */
  errors: Partial<Record<Field, string>>
}
