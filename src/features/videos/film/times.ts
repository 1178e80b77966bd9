/** Moments of a video in figures and as a screen reader says them. */
import { t } from './words'

const partsOf = (seconds: number) => {
  const tenths = Math.round(seconds * 10)
  return { minutes: Math.floor(tenths / 600), rest: tenths % 600 }
}

/** Like «1:05.3». */
export function clock(seconds: number): string {
  const { minutes, rest } = partsOf(seconds)
  return t('film.part.at', { minutes: String(minutes), seconds: (rest / 10).toFixed(1).padStart(4, '0') })
}

/** Like «1 min 5.3 s». */
export function spoken(seconds: number): string {
  const { minutes, rest } = partsOf(seconds)
  return t('film.part.spoken', { minutes, seconds: rest / 10 })
}
