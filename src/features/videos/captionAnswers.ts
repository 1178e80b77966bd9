/** What the server says of captions: to the author of a video, and to the desk. */
import type { Cue } from '@/domain/video'

/** A video that lacks captions: an accepted one waits for them, and one that was published before they were demanded stays public. */
export interface MissingCaptions {
  id: string
  folio: string
  state: 'accepted' | 'published'
  title: string
}

/** What the author of a video sees of its captions. */
export interface OwnCaptions {
  version: number
  open: boolean // the author may write them now
  transcript: string | null
  cues: Cue[] // empty without any
  behind: boolean // the transcript changed after they were made
  voiceless: boolean
  media_id: string
  bytes: number
  duration_ms: number
  stored: boolean // the server has the file
}
