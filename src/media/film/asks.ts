/** What a page asks of the worker that works on videos, and what it answers. One worker does one task. */
import type { Part, Recipe, Seen } from './plan'

export interface MakeTask {
  do: 'make'
  file: Blob
  /** Undefined: the whole video. */
  part?: Part
  /** Undefined: picture and sound are copied as they are. */
  recipe?: Recipe
  /** What may come out at most. A recipe that gives more is tried once more with less. */
  maxBytes: number
}

export type Task =
  { do: 'look'; file: Blob } | { do: 'pictures'; file: Blob; atS: number[]; height: number } | MakeTask

/** What a page says to a worker at its task. */
export type Order = Task | { do: 'pause' } | { do: 'resume' }

/** How far a task is. */
export type News = { share: number } | { atS: number; picture: Blob }

export type Result = { seen: Seen } | { made: Blob } | { isDone: true }

export type Answer = { news: News } | { result: Result } | { failed: string }
