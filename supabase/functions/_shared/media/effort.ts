/**
 * Bounds the work of counting a video's packets, because a function has 2 s of CPU a call. The library finds each packet
 * of an MP4 by adding up the sizes of its chunk, so that a file of one long chunk costs the square of its length.
 */
import { children } from './boxes.ts'

/** More than 40 minutes at 60 pictures a second; 20,000 take 0.2 s. */
export const MAX_PACKETS = 150_000
/** Samples, times the samples of the longest chunk: 1.5 s. A recording in one chunk may have 44,000. */
const MAX_STEPS = 2e9

interface Table {
  samples: number
  longest: number
}

/** The samples of different sizes of a track (`stsz`; those of one size are not added up) and those of its longest chunk (`stsc`), from the content of its `stbl`. */
function tableIn(view: DataView, from: number, to: number): Table {
  const table: Table = { samples: 0, longest: 0 }
  for (const { type, start, end } of children(view, from, to)) {
    const hasSizes = type === 'stz2' || (type === 'stsz' && view.getUint32(start + 4) === 0)
    if (hasSizes) table.samples = view.getUint32(start + 8)
    if (type !== 'stsc') continue
    for (let at = start + 8; at + 12 <= end; at += 12)
      table.longest = Math.max(table.longest, view.getUint32(at + 4))
  }
  return table
}

/** Whether the packets that this `stbl` lists can be counted in time. */
export function isCountable(view: DataView, from: number, to: number): boolean {
  const { samples, longest } = tableIn(view, from, to)
  return samples <= MAX_PACKETS && samples * Math.min(longest, samples) <= MAX_STEPS
}
