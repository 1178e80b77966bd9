/** Who keeps a promise: a test by its file and a part of its title, or people where no program can. */

export interface Kept {
  by: string
  /** The sentences, as people read them. */
  words: readonly string[]
}

/** Promises that the institution's staff keep: the desk shows what is due, and nobody but they can do it. */
export const PEOPLE = 'people of the institution'
/** Rights and terms of the laws on personal data, which the Unidad de Transparencia answers for. */
export const LAW = 'the law'
/** What the browser does, in its own words. */
export const BROWSER = 'the browser'

/** A test of the database's rules. */
export const sql = (file: string, title: string) => `tests/sql/${file}.test.ts › ${title}`
/** A test of the phones' code. */
export const unit = (file: string, title: string) => `src/${file}.test.ts › ${title}`
/** A story in a real browser. */
export const e2e = (file: string, title: string) => `tests/e2e/${file}.spec.ts › ${title}`
