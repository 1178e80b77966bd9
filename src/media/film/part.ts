/** Moves the ends of the part of a video that is sent, within the limits of the campaign. */
import type { VideoLimits } from '../inspect'
import type { Part } from './plan'

const TENTH = (seconds: number): number => Math.round(seconds * 10) / 10
const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

type Limits = Pick<VideoLimits, 'min_s' | 'max_s'>

/**
 * The part after one of its ends moved to `toS`. The other end moves along where the part would become too short or too
 * long, so that every part can be sent.
 */
export function moved(part: Part, end: keyof Part, toS: number, durationS: number, limits: Limits): Part {
  const least = Math.min(limits.min_s, durationS)
  if (end === 'startS') {
    const startS = within(TENTH(toS), 0, durationS - least)
    return { startS, endS: within(part.endS, startS + least, Math.min(durationS, startS + limits.max_s)) }
  }
  const endS = within(toS >= durationS ? durationS : TENTH(toS), least, durationS)
  return { startS: within(part.startS, Math.max(0, endS - limits.max_s), endS - least), endS }
}

/** The moment of a part that its cover shows when nobody chose one: the first second is often black or shows the hand. */
export const usualCover = ({ startS, endS }: Part): number => startS + Math.min(1, (endS - startS) / 2)

/** Moments spread evenly over a video, each in the middle of its share. */
export const spread = (durationS: number, count: number): number[] =>
  Array.from({ length: count }, (_, nth) => TENTH(((nth + 0.5) * durationS) / count))
