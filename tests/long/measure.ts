/** The size of a long run and its random seed (`scripts/testLong.ts`). */
import { randomFrom, type Random } from '../support/random'

const number = (name: string, usual: number) => Number(process.env[name] ?? usual)

export const SEED = number('LONG_SEED', 1)
/** The number of kills of each kind. */
export const KILLS = number('LONG_KILLS', 20)
export const HEAVY_BYTES = number('LONG_MEGABYTES', 200) * 1_000_000

/** The size of a chunk of tus in Supabase's dialect. */
export const CHUNK = 6 * 1024 * 1024

/** Random numbers for one test, so that it runs the same alone. */
export const randomOf = (test: string): Random =>
  randomFrom([...test].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, SEED))

/** Prints one line of figures. */
export const tell = (test: string, figures: object): void =>
  console.info(`${test}: ${JSON.stringify({ seed: SEED, ...figures })}`)
