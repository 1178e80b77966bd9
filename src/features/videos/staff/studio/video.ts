/** What the sections of a call for videos hold, and megabytes as people write them. */

/** The content of the section `pilares`. */
export interface PillarsData {
  pillars?: { key: string; title: string; hint: string }[]
}

/** The content of the section `video`. Lengths in seconds. */
export interface VideoData {
  min_s?: number | null
  max_s?: number | null
  max_bytes?: number | null
  medium?: string | null
  licence_until?: string | null
  selection_on?: string | null
  rubric?: { title: string; hint: string | null }[]
  /** Of a hundred of the range of points: two jurors who differ by more are joined by a third. */
  jury_gap?: number | null
  minors?: boolean | null
}

const MB = 1_000_000
/** Megabytes as people count them, at most one decimal. */
export const toMegabytes = (bytes: number): number => Math.round((bytes / MB) * 10) / 10
export const fromMegabytes = (megabytes: number): number => Math.round(megabytes * MB)
