/** Two versions of one form: their differences in words, and a rebase of one onto the other. */

/** One changed line, in words. */
export interface ChangeRow {
  label: string
  before: string
  after: string
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Rebases `form` from `was` onto `is`: fields that `form` left as in `was` take the value of `is`. */
export function rebaseForm<F extends object>(form: F, was: F, is: F): F {
  const theirs = (Object.keys(is) as (keyof F)[])
    .filter((key) => isSame(form[key], was[key]))
    .map((key) => [key, is[key]])
  return { ...form, ...(Object.fromEntries(theirs) as Partial<F>) }
}
