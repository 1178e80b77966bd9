/**
 * Every reason for which the server may refuse what a person sent. The same word is raised by SQL
 * (`raise sqlstate 'PT4xx' using message = '<code>', detail = '<field>'`), returned by `domain` as a
 * hint, and shown as `refusal.<code>`.
 */
export const REFUSALS = [
  // when and where
  'convocatoria_unknown',
  'convocatoria_not_open',
  'convocatoria_closed',
  // the text
  'body_too_short',
  'body_too_long',
  'body_invalid',
  // its target
  'part_unknown',
  'helps_required',
  'helps_unexpected',
  // a video's text
  'pillar_unknown',
  'title_required',
  'title_too_long',
  'summary_required',
  'summary_too_long',
  'transcript_required',
  'transcript_too_long',
  // its file
  'media_type_unsupported',
  'media_too_large',
  'media_too_short',
  'media_too_long',
  'media_hash_invalid',
  'upload_missing',
  'upload_mismatch',
  // the person
  'name_required',
  'name_too_long',
  'name_invalid',
  'sector_unknown',
  'municipality_unknown',
  'email_invalid',
  // the notice
  'consent_missing',
  'notice_outdated',
  // what already exists
  'submission_unknown',
  'not_correctable',
  'not_withdrawable',
  'withdrawal_final',
  // jornadas: the days, the body, the person, the seat, the door, the calendar
  'jornada_required',
  'jornada_unknown',
  'jornada_undated',
  'jornada_past',
  'body_unknown',
  'body_ineligible',
  'post_required',
  'post_too_long',
  'post_invalid',
  'email_required',
  'accessibility_too_long',
  'accessibility_invalid',
  'already_registered',
  'seat_unknown',
  'offer_expired',
  'seat_not_confirmed',
  'pass_wrong',
  'schedule_invalid',
  'capacity_too_small',
  // the staff
  'not_allowed',
  'transition_invalid',
  'reason_required',
  'reason_unknown',
  'duplicate_unknown',
  'message_required',
  'message_too_long',
  'publication_not_authorised',
  'media_not_verified',
  'transcript_missing',
  'undo_expired',
  // who works here
  'role_unknown',
  'role_scope_invalid',
  'already_staff',
  'staff_unknown',
  'own_role',
  'last_admin',
  'invitation_unknown',
  'invitation_expired',
  'invitation_of_other',
  'account_exists',
  'password_too_short',
  'password_too_long',
  'password_weak',
  // the private link
  'code_invalid',
  'code_exhausted',
  // the envelope
  'malformed_op',
  'unknown_kind',
  'unsupported_version',
  'text_unstorable',
  'batch_too_large',
] as const

export type Refusal = (typeof REFUSALS)[number]
