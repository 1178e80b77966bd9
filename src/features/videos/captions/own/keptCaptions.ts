/** Captions that the author of a video is writing: on this phone until the server has them. They go with the folio when that is removed. */
import type { Stored } from '@/campaign/form/answers'
import { type BesidePlace, createBesidePlace } from '@/data/besidePlace'
import { db } from '@/data/db'
import { answersKey } from '@/data/items'
import type { Cue } from '@/domain/video'

/** `over`: the saved captions that the author saw while writing. */
export interface KeptCaptions {
  cues: Cue[]
  over: Cue[]
}

export function captionsPlace(submissionId: string): BesidePlace<Stored> {
  const key = answersKey(submissionId, 'captions')
  return createBesidePlace<Stored>(key, {
    tables: [db.meta],
    read: async () => (await db.meta.get(key))?.value as Stored | undefined,
    write: (value) => db.meta.put({ key, value }),
    drop: () => db.meta.delete(key),
  })
}

const areCues = (value: unknown): value is Cue[] => Array.isArray(value)

export const readKept = ({ cues, over }: Stored): KeptCaptions | undefined =>
  areCues(cues) && areCues(over) ? { cues, over } : undefined

export const isSame = (one: readonly Cue[], other: readonly Cue[]) =>
  JSON.stringify(one) === JSON.stringify(other)
