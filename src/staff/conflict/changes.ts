/** Two versions of one form: what reads otherwise in them, and mine put over another person's. */

/** A line of what changed, in words. */
export interface ChangeRow {
  label: string
  before: string
  after: string
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What was changed in `form` over `was`, put over `is`: what only somebody else changed meanwhile stays theirs. */
export function rebaseForm<F extends object>(form: F, was: F, is: F): F {
  const theirs = (Object.keys(is) as (keyof F)[])
    .filter((key) => isSame(form[key], was[key]))
    .map((key) => [key, is[key]])
  return { ...form, ...(Object.fromEntries(theirs) as Partial<F>) }
}
