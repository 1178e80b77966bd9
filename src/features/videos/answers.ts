/** What a person has answered so far about their video, beside what every campaign asks. */
import {
  emptyCommon,
  readCommon,
  text,
  textOrNull,
  type CommonAnswers,
  type Stored,
} from '@/campaign/form/answers'
import type { VideoSubmission } from '@/domain/video'

export type MediaAnswer = VideoSubmission['media']

export interface Answers extends CommonAnswers {
  pillar: string | null
  /** The video that this phone keeps sealed, described; null until there is one. Its bytes are not here. */
  media: MediaAnswer | null
  poster: string | null
  title: string
  summary: string
  /** '' when not written. */
  transcript: string
}

/** A new draft; `query` is what the campaign's page already asked: the pillar. */
export const emptyAnswers = (query: Stored = {}): Answers => ({
  ...emptyCommon(),
  pillar: textOrNull(query.pilar),
  media: null,
  poster: null,
  title: '',
  summary: '',
  transcript: '',
})

const TEXTS = ['id', 'mime', 'sha256'] as const
const NUMBERS = ['bytes', 'duration_ms', 'width', 'height'] as const

/** All of the description or nothing: half of one cannot be sent. */
function readMedia(kept: unknown): MediaAnswer | null {
  if (typeof kept !== 'object' || kept === null) return null
  const media = kept as Stored
  const isWhole =
    TEXTS.every((key) => typeof media[key] === 'string') &&
    NUMBERS.every((key) => typeof media[key] === 'number')
  return isWhole
    ? (Object.fromEntries([...TEXTS, ...NUMBERS].map((key) => [key, media[key]])) as never)
    : null
}

/** Answers out of a draft of any age, or of a refused payload: what is not understood is not yet answered. */
export const readAnswers = (kept: Stored): Answers => ({
  ...readCommon(kept),
  pillar: textOrNull(kept.pillar),
  media: readMedia(kept.media),
  poster: textOrNull(kept.poster),
  title: text(kept.title),
  summary: text(kept.summary),
  transcript: text(kept.transcript),
})
