/** The traits of the kind `videos` for shared code. */
import type { StaffBucket } from '@/domain/edgeFunctions'
import type { KindTraits } from '@/domain/kinds'
import type { OpTraits } from '@/domain/ops'
import type { Chip } from '@/domain/submissionStatus'
import type { GuardianContact, GuardianPage } from '@/domain/minor'
import { textIn } from '@/domain/text'
import type {
  MediaStatus,
  MissingRendition,
  PublishedVideo,
  Rendition,
  StaffVideoContent,
  VideoContent,
  VideoDetails,
} from '@/domain/video'
import type { StaffItem } from '@/domain/staffRows'
import type { Page } from '@/domain/wire'
import type { MissingCaptions, OwnCaptions } from './captionAnswers'
import type { ExternalCopies } from './externalCopies'
import type { JuryLine, JuryVideo, SelectionDesk } from './jury'
import type { RecognitionDesk } from './recognition'

const ops = {
  'video.submit': { submits: true, v: 2 },
  'video.attach': { attaches: true },
  'video.correct': { corrects: true },
  'video.replace': { replaces: true },
  'video.transcribe': {},
  'video.caption': {},
  /** What a juror says of a video, and that one does not judge it. The entity is the juror's seat. */
  'jury.mark': {},
  'jury.recuse': {},
} as const satisfies Record<string, OpTraits>

declare module '@/domain/kinds' {
  interface CampaignKinds {
    videos: {
      op: keyof typeof ops
      content: VideoContent
      staffContent: StaffVideoContent
      details: VideoDetails
      answers: {
        published_videos: Page<PublishedVideo>
        public_videos: { items: string[] }
        add_rendition: Rendition
        attach_rendition: Rendition
        guardian_request: GuardianPage
        guardian_answer: GuardianPage
        open_guardian_video: { bucket: StaffBucket; name: string; seconds: number }
        guardian_contact: GuardianContact
        confirm_minor: StaffItem<'videos'>
        missing_renditions: { items: MissingRendition[] }
        missing_captions: { items: MissingCaptions[] }
        own_captions: OwnCaptions
        caption_own_video: OwnCaptions
        open_own_video: { bucket: StaffBucket; name: string; seconds: number }
        jury_desk: { now: string; items: JuryLine[] }
        jury_video: JuryVideo
        selection_desk: SelectionDesk
        open_selection: SelectionDesk
        deal_videos: SelectionDesk
        seat_juror: SelectionDesk
        close_selection: SelectionDesk
        reopen_selection: SelectionDesk
        list_recognitions: RecognitionDesk
        grant_recognition: RecognitionDesk
        revoke_recognition: RecognitionDesk
        external_copies: ExternalCopies
        note_external_copy: ExternalCopies
        remove_external_copy: ExternalCopies
      }
      publicRead: 'published_videos'
      row: JuryVideo
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
