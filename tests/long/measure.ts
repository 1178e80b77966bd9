/** How much of everything a long run does, and the seed it is drawn from (`scripts/testLong.ts`). */
import { randomFrom, type Random } from '../support/random'

const number = (name: string, usual: number) => Number(process.env[name] ?? usual)

export const SEED = number('LONG_SEED', 1)
/** Of each kind. */
export const KILLS = number('LONG_KILLS', 20)
export const HEAVY_BYTES = number('LONG_MEGABYTES', 200) * 1_000_000

/** What is kept and sent at once: the size of a chunk of tus in Supabase's dialect. */
export const CHUNK = 6 * 1024 * 1024

/** The random numbers of one test: its own, so that it runs the same alone. */
export const randomOf = (test: string): Random =>
  randomFrom([...test].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, SEED))

/** One line of figures for who reads the run. */
export const tell = (test: string, figures: object): void =>
  console.info(`${test}: ${JSON.stringify({ seed: SEED, ...figures })}`)
