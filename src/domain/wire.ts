/**
 * The types of arguments and answers that are JSON for the database. The generated `data/database.types.ts` takes them
 * from here, so a function without an entry does not compile.
 */
import type { CampaignAnswer, CampaignData, CampaignDraft, CampaignList } from './campaignDraft'
import type { ApplyOpsAnswer, Op } from './ops'
import type { Invitation, StaffList, StaffMember } from './people'
import type { PullAnswer, PullRequest, PullResult, StaffPullRequest, StaffPullResult } from './pull'
import type { DoorList, JornadaDay, Registry } from './registration'
import type { Bootstrap, PublishedPropuesta, RecoveredLink, SubmissionRow } from './rows'
import type { QueuePage, StaffItem, StaffMe, StaffRole } from './staffRows'
import type { PublishedVideo, StaffVideoContent } from './video'

/** A page of a list. `next` is the argument for the next page; null on the last one. */
export interface Page<Item> {
  items: Item[]
  next: string | null
}

/** A letter of `take_mail`. */
interface Letter {
  id: number
  to: string
  subject: string
  body: string
}

/** A job of `take_media_jobs`. */
interface MediaJob {
  id: number
  kind: 'verify' | 'publish' | 'unpublish' | 'erase'
  media_id: string
  bucket: string
  object: string
  public_object: string
  mime: string
  poster: string | null // base64 of a JPEG
}

/** The answer of each function that returns JSON. */
export interface Answers {
  accept_invitation: { role: StaffRole }
  apply_ops: ApplyOpsAnswer
  bootstrap: Bootstrap
  cancel_invitation: { id: string }
  convocatoria_draft: CampaignDraft
  door_list: DoorList
  invite_staff: { id: string; expires_at: string }
  jornada_days: { items: JornadaDay[] }
  list_bodies: Registry
  list_convocatorias: CampaignList
  list_staff: StaffList
  open_folio: SubmissionRow
  open_invitation: Invitation
  publish_convocatoria: CampaignAnswer
  published_propuestas: Page<PublishedPropuesta>
  published_videos: Page<PublishedVideo>
  pull_changes: PullAnswer<PullResult | StaffPullResult>
  recover_links: { links: RecoveredLink[] }
  redeem_invitation: { role: StaffRole }
  request_link_code: { sent: true }
  review_item: StaffItem
  review_queue: QueuePage
  run_due_jobs: Record<string, number>
  save_convocatoria: CampaignAnswer
  set_staff_active: StaffMember
  staff_me: StaffMe
  take_mail: Letter[]
  take_media_jobs: MediaJob[]
}

/** Arguments that are JSON. For `apply_ops` it is the complete body. */
export interface JsonArguments {
  apply_ops: { ops: Op[] }
  pull_changes: { pulls: (PullRequest | StaffPullRequest)[] }
  save_convocatoria: { p_data: CampaignData }
  settle_media_job: { p_result: NonNullable<StaffVideoContent['media']['found']> }
}

/** Public functions that are called by GET, whose answers the worker may keep. */
export type PublicRead = 'bootstrap' | 'list_bodies' | 'published_propuestas' | 'published_videos'

/** The Edge Functions that the app calls. */
export interface EdgeFunctions {
  'accept-invitation': {
    body: { token: string; password: string }
    answer: { role: StaffRole; email: string }
  }
}
