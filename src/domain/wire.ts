/** The types of arguments and answers that are JSON for the database. `data/database.types.ts` takes them from here. */
import type { CampaignBoard } from './board'
import type {
  CampaignAnswer,
  CampaignDraft,
  CampaignList,
  CampaignPreview,
  SectionAnswer,
} from './campaignDraft'
import type { AddressState } from './email'
import type { FileFound, FileJob, InsumoFile } from './insumo'
import type {
  DeletionReceipt,
  InstitutionLogo,
  InstitutionSettings,
  RetentionOutlook,
  SettingsChange,
} from './institution'
import type { AnswersOf, CampaignKind } from './kinds'
import type { Mail } from '../../supabase/functions/send-mail/handler'
import type { MediaJob } from '../../supabase/functions/verify-media/job'
import type { LogPage } from './log'
import type { ApplyOpsAnswer, Op } from './ops'
import type { Invitation, MySession, StaffList, StaffMember } from './people'
import type { PullAnswer, PullRequest, PullResult, StaffPullRequest, StaffPullResult } from './pull'
import type * as registry from './registry'
import type { HeadFile, LogProof, SignedHead } from './publicLog'
import type { RecoveredLink } from './recoveredLink'
import type { Bootstrap, SubmissionRow } from './rows'
import type { StaffBucket } from './edgeFunctions'
import type { PortableContent, PortablePreview, PortableText } from './portableCampaign'
import type {
  AlteredReplays,
  DeskAlert,
  DeskKit,
  DoubtfulLetter,
  JobFault,
  MailTrouble,
  QuarantinePage,
  QueuePage,
  SecondReviewItem,
  ReplyTemplates,
  StaffItem,
  StaffMe,
  StaffRole,
} from './staffRows'
import type { Cue, StaffVideoContent } from './video'

/** A page of a list. `next` is the argument for the next page; null on the last one. */
export interface Page<Item> {
  items: Item[]
  next: string | null
}

/** The answer of each function that returns JSON and that all kinds share. */
interface SharedAnswers {
  accept_invitation: { role: StaffRole }
  add_insumo_file: InsumoFile
  apply_ops: ApplyOpsAnswer
  begin_mail: boolean
  bootstrap: Bootstrap
  campaign_board: CampaignBoard
  cancel_invitation: { id: string }
  choose_mail: { state: AddressState }
  choose_push: { key: string | null; on: boolean }
  clone_convocatoria: CampaignAnswer
  close_convocatoria: CampaignAnswer
  convocatoria_draft: CampaignDraft
  create_convocatoria: CampaignAnswer
  delete_convocatoria: { id: string }
  desk_alerts: { items: DeskAlert[] }
  desk_kit: DeskKit
  deletion_receipts: { items: DeletionReceipt[] }
  export_campaign: PortableContent
  import_bodies: registry.ImportCounts
  import_campaign: { id: string }
  institution_logo: InstitutionLogo | null
  institution_settings: InstitutionSettings
  insumo_files: { items: InsumoFile[] }
  invite_first_admin: { token: string; email: string; expires_at: string }
  invite_staff: { id: string; expires_at: string }
  keep_push_key: boolean
  keep_signing_keys: { kept: number }
  list_convocatorias: CampaignList
  list_doubtful: { items: DoubtfulLetter[] }
  list_registry: registry.StaffRegistry
  list_quarantine: QuarantinePage
  list_second_reviews: { count: number; items: SecondReviewItem[] }
  list_log: LogPage
  log_proof: LogProof
  list_staff: StaffList
  make_recovery_codes: { codes: string[] }
  mail_standing: { state: AddressState }
  merge_bodies: { id: string; registrations: number }
  my_session: MySession
  note_open_review: { others: string[] }
  open_file: { bucket: StaffBucket; name: string; seconds: number }
  open_folio: SubmissionRow
  open_invitation: Invitation
  open_preview: CampaignPreview
  pause_convocatoria: CampaignAnswer
  preview_bodies: registry.ImportPreview
  preview_convocatoria: CampaignPreview
  preview_import: PortablePreview
  publish_convocatoria: CampaignAnswer
  pull_changes: PullAnswer<PullResult | StaffPullResult>
  recover_links: { links: RecoveredLink[] }
  record_mail_event: boolean
  redeem_invitation: { role: StaffRole }
  registry_body: registry.BodyDetail
  remove_second_factor: { removed: true }
  reopen_convocatoria: CampaignAnswer
  report_missing_body: { received: true }
  request_link_code: { sent: true }
  reset_second_factor: StaffMember
  resolve_report: { id: string; outcome: string }
  resume_convocatoria: CampaignAnswer
  retention_outlook: RetentionOutlook
  retire_convocatoria: CampaignAnswer
  review_item: StaffItem
  review_queue: QueuePage
  job_faults: { items: JobFault[]; altered: AlteredReplays[] }
  run_due_jobs: Record<string, number | null>
  save_body: { id: string; version: number }
  save_classes: { version: number; classes: registry.BodyClass[] }
  save_holidays: InstitutionSettings
  save_institution: InstitutionSettings
  save_reply_templates: ReplyTemplates
  save_section: SectionAnswer & { revision: number }
  set_body_active: { id: string; active: boolean }
  set_staff_active: StaffMember
  settle_doubtful: { settled: number }
  settle_log_file: { kept: true }
  settle_log_head: { kept: true }
  settle_quarantine: { settled: number }
  share_preview: { token: string; expires_at: string }
  staff_me: StaffMe
  take_file_jobs: FileJob[]
  take_log_files: HeadFile[]
  take_log_head: { text: string; previous: SignedHead | null; consistency: string } | null
  take_mail: Mail[]
  take_media_jobs: (MediaJob & { media_id: string })[]
  undo_import: registry.UndoCounts
  unshare_preview: { id: string }
  use_recovery_code: { accepted: boolean }
  withdraw_convocatoria: CampaignAnswer
  write_again: { mail_trouble: MailTrouble | null }
}

type AllOf<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

/** The answer of each function that returns JSON: shared ones, and those that each kind declares. */
export type Answers = SharedAnswers & AllOf<AnswersOf<CampaignKind>>

/** Arguments that are JSON. For `apply_ops` it is the complete body. */
export interface JsonArguments {
  apply_ops: { ops: Op[] }
  import_bodies: { p_rows: registry.BodyInput[] }
  import_campaign: {
    p_document: PortableText
    p_classes: Record<string, string>
    p_files: Record<string, string>
  }
  keep_signing_keys: { p_keys: { id: string; public_key: string }[] }
  preview_bodies: { p_rows: registry.BodyInput[] }
  preview_import: { p_document: PortableText }
  preview_day_change: { p_payload: object }
  pull_changes: { pulls: (PullRequest | StaffPullRequest)[] }
  save_body: { p_data: registry.BodyForm }
  save_classes: { p_classes: Pick<registry.BodyClass, 'key' | 'name' | 'retired'>[] }
  save_holidays: { p_days: { day: string; name: string }[] }
  save_institution: { p_data: SettingsChange }
  review_queue: { p_filter: Readonly<Record<string, string>> }
  save_reply_templates: { p_texts: ReplyTemplates['texts'] }
  save_section: { p_data: object }
  grant_recognition: { p_data: object }
  save_mesa: { p_data: object }
  save_renewal: { p_data: object }
  settle_edition_work: { p_files: object[] }
  substitute_colleague: { p_data: object }
  substitute_delegate: { p_data: object }
  settle_constancias: { p_signed: { number: number; signature: string }[] }
  settle_file_job: { p_result: FileFound }
  settle_passes: { p_signed: { submission_id: string; jornada_id: string; signed: string }[] }
  add_rendition: { p_file: object }
  note_external_copy: { p_copy: object }
  caption_own_video: { p_cues: Cue[] }
  settle_media_job: { p_result: NonNullable<StaffVideoContent['media']['found']> }
}
