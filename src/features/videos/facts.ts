/** Sizes, durations and types of videos in words. */
import { numberWords } from '@/i18n/translator'
import { t } from './words'

const MB = 1_000_000

/** A size like «12.4 MB» or «143 MB», in the decimal megabytes of mobile plans. Only 0 bytes are 0 MB. */
export function megabytes(bytes: number): string {
  const mb = bytes / MB
  const isFine = bytes > 0 && mb < 10
  const tenths = Math.max(1, Math.round((10 * bytes) / MB))
  const fine = `${Math.floor(tenths / 10)}.${tenths % 10}`
  return t('facts.megabytes', { count: isFine ? fine : numberWords(Math.round(mb)) })
}

/** A duration like «1 min 5 s» or «48 s». */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  if (minutes === 0) return t('facts.seconds', { seconds: rest })
  return rest === 0 ? t('facts.minutes', { minutes }) : t('facts.minutes_seconds', { minutes, seconds: rest })
}

const TYPES: Readonly<Record<string, string>> = {
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
  'video/3gpp': '3GP',
  'video/webm': 'WebM',
}

/** The usual name of a type, like «MP4»; an unknown type unchanged. */
export const typeName = (mime: string): string => TYPES[mime] ?? mime

/** Size, duration and type, like «12.4 MB · 48 s · MP4». */
export const factsLine = (media: { bytes: number; duration_ms: number; mime: string }): string =>
  [megabytes(media.bytes), duration(media.duration_ms), typeName(media.mime)].join(' · ')
