/** The answers of a video, besides those that every campaign asks for. */
import {
  emptyCommon,
  readCommon,
  text,
  textOrNull,
  type CommonAnswers,
  type Stored,
} from '@/campaign/form/answers'
import type { VideoDetails, VideoSubmission } from '@/domain/video'

export type MediaAnswer = VideoSubmission['media']

export interface Answers extends CommonAnswers {
  pillar: string | null
  /** Whether its card on the campaign's page began the form, which the form then shows in one line. */
  pillar_given: boolean
  /** The description of the sealed video on this phone; null without one. The bytes are stored apart. */
  media: MediaAnswer | null
  poster: string | null
  title: string
  summary: string
  /** '' when unanswered. */
  transcript: string
}

/** The chosen pillar of these; undefined while none is, or when the campaign no longer has it. */
export const pillarOf = ({ pillar }: Answers, pillars: VideoDetails['pillars']) =>
  pillars.find(({ key }) => key === pillar)

/** The answers of a new draft. `query` has the answer of the campaign's page: the pillar. */
export const emptyAnswers = (query: Stored = {}): Answers => ({
  ...emptyCommon(),
  pillar: textOrNull(query.pilar),
  pillar_given: typeof query.pilar === 'string',
  media: null,
  poster: null,
  title: '',
  summary: '',
  transcript: '',
})

const TEXTS = ['id', 'mime', 'sha256'] as const
const NUMBERS = ['bytes', 'duration_ms', 'width', 'height'] as const

/** The complete description or null, because an incomplete one cannot be sent. */
function readMedia(stored: unknown): MediaAnswer | null {
  if (typeof stored !== 'object' || stored === null) return null
  const media = stored as Stored
  const isWhole =
    TEXTS.every((key) => typeof media[key] === 'string') &&
    NUMBERS.every((key) => typeof media[key] === 'number')
  return isWhole
    ? (Object.fromEntries([...TEXTS, ...NUMBERS].map((key) => [key, media[key]])) as never)
    : null
}

/** The answers from a draft of any version or a refused payload. An unknown value counts as unanswered. */
export const readAnswers = (stored: Stored): Answers => ({
  ...readCommon(stored),
  pillar: textOrNull(stored.pillar),
  pillar_given: stored.pillar_given === true,
  media: readMedia(stored.media),
  poster: textOrNull(stored.poster),
  title: text(stored.title),
  summary: text(stored.summary),
  transcript: text(stored.transcript),
})
