/** The traits of the kind `videos` for shared code. */
import type { KindTraits } from '@/domain/kinds'
import type { OpTraits } from '@/domain/ops'
import type { Chip } from '@/domain/submissionStatus'
import { textIn } from '@/domain/text'
import type {
  MediaStatus,
  PublishedVideo,
  StaffVideoContent,
  VideoContent,
  VideoDetails,
} from '@/domain/video'
import type { Page } from '@/domain/wire'

const ops = {
  'video.submit': { submits: true },
  'video.attach': { attaches: true },
  'video.correct': { corrects: true },
  'video.replace': { replaces: true },
  'video.transcribe': {},
} as const satisfies Record<string, OpTraits>

declare module '@/domain/kinds' {
  interface CampaignKinds {
    videos: {
      op: keyof typeof ops
      content: VideoContent
      staffContent: StaffVideoContent
      details: VideoDetails
      answers: { published_videos: Page<PublishedVideo> }
      publicRead: 'published_videos'
    }
  }
}

/** A video counts as received only when the server has every byte. */
const CHIP_OF_FILE: Partial<Record<MediaStatus, Chip>> = {
  awaiting_upload: 'video_missing',
  mismatch: 'needs_attention',
  expired: 'needs_attention',
}

export const kind: KindTraits<'videos'> = {
  name: 'videos',
  place: 2,
  folioPrefix: 'VI',
  ops,
  publicReads: { published_videos: 'network-first' },
  titleOf: ({ title, summary }) => textIn(title) || textIn(summary),
  textOf: ({ title, summary, transcript }) =>
    [title, summary, transcript].map(textIn).filter(Boolean).join('\n\n'),
  chipOf: ({ media }) => CHIP_OF_FILE[media.status],
  /** Without its bytes, the person must choose the video again. */
  withoutBytes: (written) => ({ ...written, media: null, poster: null }),
}
