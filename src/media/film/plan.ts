/** What can be done with a chosen video so that it may be sent, and how it is made lighter. */
import type { Inspected, VideoLimits } from '../inspect'

/** The part of a video that is sent, in seconds of the chosen file. */
export interface Part {
  startS: number
  endS: number
}

/** What this phone could do with the file. Null where it could not be told. */
export interface Seen {
  /** The codec of the sound, like `aac`; null without sound. */
  sound: string | null
  /** Whether a picture was decoded. */
  decodesPicture: boolean
  /** Whether a piece of the sound was decoded; null without sound. */
  decodesSound: boolean | null
  /** Whether this browser makes H.264. */
  encodesPicture: boolean
  /** Pictures a second. */
  rate: number | null
  /** Bits a second of the sound. */
  soundBps: number | null
}

/**
 * `shrink`: coded anew, in 720 lines at most. `asIs`: picture and sound are copied without coding them anew.
 */
export type Way = 'shrink' | 'asIs'

/** How a video is coded anew. `width` or `height` is the short side, where it has to shrink. */
export interface Recipe {
  videoBps: number
  soundBps: number
  width?: number
  height?: number
  /** Pictures a second, where there are more than can be coded well. */
  rate?: number
}

export const SHORT_SIDE = 720
const MAX_BPS = 2_000_000
/** What is sent over a mobile network at most: the last megabyte is for the index and for codecs that overshoot. */
const MAX_BYTES = 44_000_000
export const MOST_BYTES = 45_000_000
/** The share of a smaller limit of the campaign that a recipe fills. */
const FILLS = 0.95
/** Speech stays clear with it. */
const SOUND_BPS = 96_000
/** Below it a picture of 720 lines falls apart. */
const LEAST_VIDEO_BPS = 200_000
/** What the container adds. */
const OVERHEAD = 0.985
const [MANY_A_SECOND, ENOUGH_A_SECOND] = [32, 30]
/** Coding anew takes minutes and loses detail, so it has to save this much. */
const WORTH_IT = 0.8
/** Codecs that every browser shows. */
const SHOWN_EVERYWHERE = ['avc', 'vp8', 'vp9']

export const secondsOf = ({ startS, endS }: Part): number => endS - startS

/** The length that a person may choose without losing anything but what is over the limit. */
export const wholePart = (durationMs: number, { max_s }: VideoLimits): Part => ({
  startS: 0,
  endS: Math.min(durationMs / 1000, max_s),
})

export const isWhole = (part: Part, durationMs: number): boolean =>
  part.startS < 0.05 && part.endS > durationMs / 1000 - 0.05

/** The bytes of a part, if they are spread evenly. */
export const bytesOfPart = (part: Part, { bytes, durationMs }: Inspected): number =>
  Math.round(bytes * Math.min(1, secondsOf(part) / (durationMs / 1000)))

/** Bits a second of picture and sound together. */
const totalBps = (part: Part, { max_bytes }: VideoLimits): number =>
  Math.min(MAX_BPS, (Math.min(MAX_BYTES, max_bytes * FILLS) * 8) / secondsOf(part))

/** Bits a second at which a video is recorded here, so that the longest one needs not be made lighter. */
export const recordingBits = (limits: VideoLimits): MediaRecorderOptions => ({
  videoBitsPerSecond: Math.round(totalBps({ startS: 0, endS: limits.max_s }, limits) * OVERHEAD - SOUND_BPS),
  audioBitsPerSecond: SOUND_BPS,
})

/** The bytes that a lighter copy may have at most. */
export const mostBytes = ({ max_bytes }: VideoLimits): number => Math.min(MOST_BYTES, max_bytes)

/** The bytes that a recipe aims at. */
export const shrunkBytes = (part: Part, limits: VideoLimits): number =>
  Math.round((totalBps(part, limits) * secondsOf(part)) / 8)

/** The sound that is copied counts as it is, other sound as it will be. */
const soundOf = ({ sound, soundBps }: Seen): number => {
  if (sound === null) return 0
  return sound === 'aac' ? (soundBps ?? SOUND_BPS) : SOUND_BPS
}

/** `width` and `height` are those that people see, after the turn that a phone notes. */
export function recipeFor(
  part: Part,
  { width, height }: Pick<Inspected, 'width' | 'height'>,
  seen: Seen,
  limits: VideoLimits,
): Recipe {
  const videoBps = totalBps(part, limits) * OVERHEAD - soundOf(seen)
  return {
    videoBps: Math.round(Math.max(LEAST_VIDEO_BPS, videoBps)),
    soundBps: SOUND_BPS,
    ...(width > height && height > SHORT_SIDE && { height: SHORT_SIDE }),
    ...(width <= height && width > SHORT_SIDE && { width: SHORT_SIDE }),
    ...((seen.rate ?? 0) > MANY_A_SECOND && { rate: ENOUGH_A_SECOND }),
  }
}

/** The same recipe for what came out too large. */
export const leaner = (recipe: Recipe, bytes: number, wanted: number): Recipe => ({
  ...recipe,
  videoBps: Math.round(recipe.videoBps * (wanted / bytes) * 0.92),
})

/** Whether this phone can code the video anew. Without a look at it, it cannot. */
export const canShrink = (seen: Seen | null): boolean =>
  seen !== null && seen.decodesPicture && seen.encodesPicture && seen.decodesSound !== false

/** The ways that are open, the one that is recommended first. None: only a shorter part can be sent from this phone. */
export function waysFor(
  part: Part,
  found: Inspected & { codec: string | null },
  seen: Seen | null,
  limits: VideoLimits,
): Way[] {
  const bytes = bytesOfPart(part, found)
  const fits = bytes <= limits.max_bytes
  const isUnseenElsewhere = found.codec !== null && !SHOWN_EVERYWHERE.includes(found.codec)
  const isWorthIt = !fits || isUnseenElsewhere || shrunkBytes(part, limits) <= bytes * WORTH_IT
  return [
    ...(canShrink(seen) && isWorthIt ? (['shrink'] as const) : []),
    ...(fits ? (['asIs'] as const) : []),
  ]
}

/** The longest part that can be sent as it is, in whole seconds. */
export const longestAsIs = ({ bytes, durationMs }: Inspected, { max_bytes }: VideoLimits): number =>
  Math.floor((durationMs / 1000) * (max_bytes / bytes) * FILLS)
