/** What the studio and the frame that shows a draft tell each other. Both are pages of the app's own origin. */
import type { CampaignPreview } from './campaignDraft'
import type { Convocatoria } from './rows'

/** The frame asks for what it shows. */
export const PREVIEW_READY = 'convoca-preview-ready'

export interface PreviewMessage {
  type: 'convoca-preview'
  preview: CampaignPreview
  /** The section being written, so that the frame shows its place. */
  section: string | null
  /** Whether letters are shown at 200 %. */
  isLarge: boolean
  scheme: 'light' | 'dark'
}

export const isPreviewMessage = (data: unknown): data is PreviewMessage =>
  (data as PreviewMessage | null)?.type === 'convoca-preview'

/** Whether a draft says when it opens and closes. */
export const endsWindow = ({ opens_at, closes_at }: Convocatoria): boolean =>
  !!(opens_at as string | null) && !!(closes_at as string | null)
