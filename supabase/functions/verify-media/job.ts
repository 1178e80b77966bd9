/** What the database asks to be done with the file of a video or a voice note. */
import type { Cue } from '../_shared/media/vtt.ts'

export interface MediaJob {
  id: number
  kind: 'verify' | 'check' | 'publish' | 'unpublish' | 'erase'
  bucket: string
  object: string
  /** The name of the public copy, `<public id>.<extension>`. The poster's ends in `.jpg` instead, the captions' in `.vtt`. */
  public_object: string
  /** The public name of an original that was published before there were copies: what lies there goes. Null: none can. */
  former: string | null
  /** The stored copy that goes with a file that is erased; null without one. */
  rendition: string | null
  /** JPEG in base64; null without one, and for a job that needs none. */
  poster: string | null
  /** The captions of a video that is published; null without any. */
  cues: Cue[] | null
  /** The announced type. That of a voice note begins with `audio/`: the same bytes with a picture are none. */
  mime: string
}
