/** The answer that each actor gets from each function: the rights table that `actors.test.ts` proves. */

export const DENIED = '42501'
const UNKNOWN = 'PT404 submission_unknown'
const NO_INVITATION = 'PT404 invitation_unknown'

export const CITIZEN = {
  bootstrap: 'ok',
  published_propuestas: 'ok',
  published_videos: 'ok',
  pull_changes: 'ok',
  own_folio: 'ok',
  others_folio: UNKNOWN,
  request_link_code: 'ok',
  recover_links: 'ok', // it reports a refusal in its answer, because an error would roll back the count of attempts
  submit: 'applied',
  correct_others: 'submission_unknown',
  submit_video: 'applied',
  attach_others: 'submission_unknown',
  correct_others_video: 'submission_unknown',
  transcribe: 'not_allowed',
  withdraw_others: 'submission_unknown',
  undo_others: 'submission_unknown',
  register: 'applied',
  cancel_others_day: 'submission_unknown',
  accept_others_offer: 'submission_unknown',
  list_bodies: 'ok',
  door_list: DENIED,
  jornada_days: DENIED,
  check_in: 'not_allowed',
  reschedule: 'not_allowed',
  staff_me: DENIED,
  review_queue: DENIED,
  review_item: DENIED,
  decide: 'not_allowed',
  undo_decision: 'not_allowed',
  list_staff: DENIED,
  invite_first_admin: DENIED,
  institution_logo: 'ok',
  institution_settings: DENIED,
  save_institution: DENIED,
  save_holidays: DENIED,
  invite_staff: DENIED,
  cancel_invitation: DENIED,
  set_staff_active: DENIED,
  list_convocatorias: DENIED,
  convocatoria_draft: DENIED,
  create_convocatoria: DENIED,
  save_section: DENIED,
  preview_convocatoria: DENIED,
  share_preview: DENIED,
  unshare_preview: DENIED,
  open_preview: 'PT404 preview_unknown',
  publish_convocatoria: DENIED,
  withdraw_convocatoria: DENIED,
  delete_convocatoria: DENIED,
  open_invitation: NO_INVITATION,
  accept_invitation: DENIED,
  redeem_invitation: DENIED,
  take_mail: DENIED,
  settle_mail: DENIED,
  take_media_jobs: DENIED,
  settle_media_job: DENIED,
  run_due_jobs: DENIED,
}
export const SIGNED_IN = {
  ...CITIZEN,
  staff_me: 'ok',
  door_list: 'PT403 not_allowed',
  jornada_days: 'PT403 not_allowed',
  review_queue: 'PT403 not_allowed',
  review_item: 'PT403 not_allowed',
  list_staff: 'PT403 not_allowed',
  institution_settings: 'PT403 not_allowed',
  save_institution: 'PT403 not_allowed',
  save_holidays: 'PT403 not_allowed',
  invite_staff: 'PT403 not_allowed',
  cancel_invitation: 'PT403 not_allowed',
  set_staff_active: 'PT403 not_allowed',
  list_convocatorias: 'PT403 not_allowed',
  convocatoria_draft: 'PT403 not_allowed',
  create_convocatoria: 'PT403 not_allowed',
  save_section: 'PT403 not_allowed',
  preview_convocatoria: 'PT403 not_allowed',
  share_preview: 'PT403 not_allowed',
  unshare_preview: 'PT403 not_allowed',
  publish_convocatoria: 'PT403 not_allowed',
  withdraw_convocatoria: 'PT403 not_allowed',
  delete_convocatoria: 'PT403 not_allowed',
  accept_invitation: NO_INVITATION,
}
const READER = { ...SIGNED_IN, review_queue: 'ok', review_item: 'ok', list_convocatorias: 'ok' }
const EDITOR = {
  convocatoria_draft: 'ok',
  create_convocatoria: 'PT422 kind_required',
  save_section: 'PT409 conflict',
  preview_convocatoria: 'ok',
  share_preview: 'ok',
  unshare_preview: 'ok',
  publish_convocatoria: 'PT409 conflict',
  withdraw_convocatoria: 'PT409 already_open',
  delete_convocatoria: 'PT404 convocatoria_unknown',
}
export const ADMIN = {
  ...READER,
  ...EDITOR,
  list_staff: 'ok',
  institution_settings: 'ok',
  save_institution: 'PT409 conflict',
  save_holidays: 'PT409 conflict',
  invite_staff: 'PT422 email_invalid',
  cancel_invitation: NO_INVITATION,
  set_staff_active: 'PT404 staff_unknown',
}
export const DOOR = { ...SIGNED_IN, door_list: 'ok', jornada_days: 'ok', check_in: 'pass_wrong' }
export const AUDITOR = { ...READER, door_list: 'ok', jornada_days: 'ok' }
export const DECIDER = {
  ...AUDITOR,
  check_in: 'pass_wrong',
  decide: 'transition_invalid',
  undo_decision: 'undo_expired',
  transcribe: 'transition_invalid',
}
export const COORDINATOR = { ...DECIDER, ...EDITOR, list_staff: 'ok', reschedule: 'malformed_op' }
export const SERVICE = {
  ...Object.fromEntries(Object.keys(CITIZEN).map((key) => [key, DENIED])),
  take_mail: 'ok',
  settle_mail: 'ok',
  take_media_jobs: 'ok',
  settle_media_job: 'ok',
  run_due_jobs: 'ok',
  invite_first_admin: 'PT409 admin_exists',
  open_invitation: NO_INVITATION,
  redeem_invitation: NO_INVITATION,
}

/** A description of each function, in the order of the table in docs/roles.md. */
const WORDS: Record<keyof typeof CITIZEN, string> = {
  bootstrap: 'read the announced campaigns',
  pull_changes: 'pull changes, each in the own scope',
  published_propuestas: 'read published proposals',
  published_videos: 'see the gallery',
  list_bodies: 'search the registry of public bodies',
  submit: 'send a proposal',
  submit_video: 'send a video',
  register: 'register for a jornada',
  own_folio: 'open a folio with its secret',
  others_folio: 'open a folio with the secret of another one',
  correct_others: 'correct another author’s proposal',
  correct_others_video: 'correct another author’s video',
  attach_others: 'attach a file to another author’s video',
  withdraw_others: 'withdraw another author’s submission',
  undo_others: 'undo another author’s withdrawal',
  cancel_others_day: 'cancel another author’s day',
  accept_others_offer: 'accept another author’s offer of a seat',
  request_link_code: 'request a code to recover links',
  recover_links: 'recover links with that code',
  staff_me: 'read the own name and roles',
  review_queue: 'read the review queue',
  review_item: 'read a submission',
  decide: 'decide on a submission',
  undo_decision: 'undo the own decision within a minute',
  transcribe: 'write the transcript of a video',
  jornada_days: 'see the days (a volunteer: only the own day)',
  door_list: 'read the attendance list of a day',
  check_in: 'mark attendance',
  reschedule: 'change the date, place or capacity of a day',
  list_convocatorias: 'list campaigns, including drafts',
  convocatoria_draft: 'open a campaign to edit',
  create_convocatoria: 'create a draft of a campaign',
  save_section: 'save a section of a campaign',
  preview_convocatoria: 'see a draft as citizens will',
  share_preview: 'make a link to that preview',
  unshare_preview: 'end every such link',
  open_preview: 'open a preview with its link',
  publish_convocatoria: 'publish a campaign',
  withdraw_convocatoria: 'take back a campaign that has not opened',
  delete_convocatoria: 'delete a draft',
  institution_logo: 'see the institution’s logo',
  institution_settings: 'read the institution’s settings',
  save_institution: 'change the institution’s settings',
  save_holidays: 'change the working calendar',
  list_staff: 'see the list of staff',
  invite_first_admin: 'invite the first administrator',
  invite_staff: 'invite a person',
  cancel_invitation: 'cancel an invitation',
  set_staff_active: 'deactivate and activate a role',
  open_invitation: 'open an invitation with its token',
  accept_invitation: 'accept an invitation, signed in',
  redeem_invitation: 'create the account of an invitation',
  take_mail: 'take letters that are due',
  settle_mail: 'report a letter as sent',
  take_media_jobs: 'take files to verify, publish or erase',
  settle_media_job: 'report the outcome of a file job',
  run_due_jobs: 'run the due jobs',
}
const COLUMNS = {
  anybody: CITIZEN,
  'signed in, no role': SIGNED_IN,
  door: DOOR,
  moderator: DECIDER,
  coordinator: COORDINATOR,
  auditor: AUDITOR,
  admin: ADMIN,
  service: SERVICE,
}

/** Refused by the grant, by the role check in the function, or for lack of the author's secret. */
const isStopped = (answer: string) =>
  answer === DENIED ||
  answer.startsWith('PT403') ||
  ['not_allowed', 'submission_unknown', UNKNOWN].includes(answer)

/** The rights as a Markdown table: `yes`, or `–` where the actor is refused. */
export function asTable(): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const names = Object.keys(COLUMNS)
  const rows = (Object.keys(WORDS) as (keyof typeof CITIZEN)[]).map((key) => [
    WORDS[key],
    ...Object.values(COLUMNS).map((answers: Record<string, string>) =>
      isStopped(answers[key]!) ? '–' : 'yes',
    ),
  ])
  return (
    [
      '# What each role can and cannot do',
      'Written by `tests/sql/actors.test.ts`, which calls every function as every actor on real Postgres.\n' +
        'An author is a person with the secret of a submission. No role can read or write a table.',
      [line(['', ...names]), line(['---', ...names.map(() => '---')]), ...rows.map(line)].join('\n'),
    ].join('\n\n') + '\n'
  )
}
