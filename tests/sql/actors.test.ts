/** Calls every function as every actor and compares each answer with the rights table (`rights.ts`). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Actor,
  anon,
  asActor,
  callAs,
  createTestDatabase,
  service,
  type TestDatabase,
} from '../support/database'
import { openSessions } from '../support/sessions'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import * as rights from './rights'
import * as vx from './videoFixtures'

/** An act on a version that is not the present one: those who may act learn of the conflict. */
const LIFE = { p_id: fx.OPEN, p_version: 99, p_reason: 'x' }

let db: TestDatabase
let mine: fx.Sent
let others: fx.Sent
let seat: jx.Registered
let film: vx.SentVideo
let door: Actor
let juror: Actor
let retired: Actor
let group: string
let finding: string
beforeAll(async () => {
  db = await createTestDatabase()
  mine = await fx.submit(db)
  others = await fx.submit(db)
  await jx.setDay(db, jx.DAY, 100)
  const { rows } = await db.pool.query<{ id: string }>(
    'select group_id as id from app.jornadas where id = $1',
    [jx.DAY],
  )
  group = rows[0]!.id
  seat = await jx.register(db)
  film = await vx.submitVideo(db)
  finding = crypto.randomUUID()
  await db.pool.query(
    `insert into app.findings (id, convocatoria_id, title, position, created_by) values ($1, $2, 'x', 1, $3)`,
    [finding, fx.OPEN, fx.coordinator.sub],
  )
  door = await fx.addStaff(db, 'door')
  juror = await fx.addStaff(db, 'juror')
  retired = await fx.addStaff(db, 'moderator', { active: false })
  await db.pool.query("insert into auth.users (id, email) values ($1, 'nadie@ejemplo.mx')", [fx.stranger.sub])
  await openSessions(db.pool, [fx.stranger.sub!])
})
afterAll(() => db.drop())

const call = (actor: Actor, fn: string, args: Record<string, unknown> = {}) =>
  fx.outcome(callAs(db, actor, fn, args))
const verdict = async (actor: Actor, one: unknown) =>
  fx.applyOne(db, actor, one).then(
    (answer) => ('code' in answer ? answer.code : answer.status),
    (error: { code: string }) => error.code,
  )

/** The answer of each function to this actor. A citizen's function answers alike whoever is signed in. */
async function answersTo(actor: Actor) {
  return {
    bootstrap: await call(actor, 'bootstrap'),
    published_propuestas: await call(actor, 'published_propuestas', { p_convocatoria: fx.OPEN }),
    published_supports: await call(actor, 'published_supports', { p_convocatoria: fx.OPEN }),
    likeness_digest: await call(actor, 'likeness_digest', { p_convocatoria: fx.OPEN }),
    support_propuesta: await call(actor, 'support_propuesta', {
      p_folio: 'x',
      p_secret: fx.newSecret(),
      p_given: false,
    }),
    answer_taps: await verdict(
      actor,
      fx.op(
        'tap.answer',
        crypto.randomUUID(),
        { convocatoria_id: fx.OPEN, withdraw: true },
        { secret: fx.newSecret() },
      ),
    ),
    published_videos: await call(actor, 'published_videos', { p_convocatoria: vx.VIDEOS }),
    public_videos: await call(actor, 'public_videos', { p_objects: '{}' }),
    pull_changes: await call(actor, 'pull_changes', { pulls: [{ scope: 'public', cursor: null }] }),
    own_folio: await call(actor, 'open_folio', { p_folio: mine.row.folio, p_secret: mine.secret }),
    others_folio: await call(actor, 'open_folio', { p_folio: others.row.folio, p_secret: mine.secret }),
    request_link_code: await call(actor, 'request_link_code', { p_email: 'nadie@correo.mx' }),
    recover_links: await call(actor, 'recover_links', {
      p_email: 'nadie@correo.mx',
      p_code: '1',
      p_seed: fx.newSecret(),
    }),
    submit: await verdict(
      actor,
      fx.op('propuesta.submit', crypto.randomUUID(), await fx.propuesta(db), { secret: fx.newSecret() }),
    ),
    correct_others: await verdict(
      actor,
      fx.op('propuesta.correct', others.id, {}, { secret: mine.secret, expected_version: 1 }),
    ),
    submit_video: await verdict(
      actor,
      fx.op('video.submit', crypto.randomUUID(), await vx.video(db), { secret: fx.newSecret() }),
    ),
    attach_others: await verdict(actor, { ...vx.attachOp(film), secret: mine.secret }),
    correct_others_video: await verdict(
      actor,
      fx.op('video.correct', film.id, {}, { secret: mine.secret, expected_version: 1 }),
    ),
    replace_others_file: await verdict(
      actor,
      fx.op('video.replace', film.id, {}, { secret: mine.secret, expected_version: 1 }),
    ),
    caption: await verdict(actor, fx.op('video.caption', film.id, { cues: {} }, { expected_version: 1 })),
    transcribe: await verdict(
      actor,
      fx.op('video.transcribe', film.id, { transcript: 'x' }, { expected_version: 1 }),
    ),
    withdraw_others: await verdict(
      actor,
      fx.op('submission.withdraw', others.id, {}, { secret: mine.secret }),
    ),
    undo_others: await verdict(
      actor,
      fx.op('submission.undo_withdraw', others.id, {}, { secret: mine.secret }),
    ),
    register: await verdict(
      actor,
      fx.op('registration.submit', crypto.randomUUID(), await jx.registration(db), {
        secret: fx.newSecret(),
      }),
    ),
    cancel_others_day: await verdict(
      actor,
      fx.op('registration.cancel_day', seat.id, { jornada_id: jx.DAY }, { secret: mine.secret }),
    ),
    accept_others_offer: await verdict(
      actor,
      fx.op('registration.accept_offer', seat.id, { jornada_id: jx.DAY }, { secret: mine.secret }),
    ),
    move_others_day: await verdict(
      actor,
      fx.op(
        'registration.move_day',
        seat.id,
        { jornada_id: jx.DAY, to: jx.NEXT_DAY },
        { secret: mine.secret },
      ),
    ),
    list_bodies: await call(actor, 'list_bodies'),
    door_list: await call(actor, 'door_list', { p_jornada: jx.DAY }),
    jornada_days: await call(actor, 'jornada_days'),
    check_in: await verdict(
      actor,
      fx.op('door.check_in', seat.id, { jornada_id: jx.DAY, code: 'x', at: '2026-11-20T16:00:00Z' }),
    ),
    undo_check_in: await verdict(
      actor,
      fx.op('door.undo_check_in', seat.id, { jornada_id: jx.DAY, arrived_at: 'x' }),
    ),
    check_out: await verdict(
      actor,
      fx.op('door.check_out', seat.id, { jornada_id: jx.DAY, code: 'x', at: '2026-11-20T16:00:00Z' }),
    ),
    undo_check_out: await verdict(
      actor,
      fx.op('door.undo_check_out', seat.id, { jornada_id: jx.DAY, left_at: 'x' }),
    ),
    walk_in: await verdict(actor, fx.op('door.walk_in', crypto.randomUUID(), { jornada_id: jx.DAY })),
    published_propuesta: await call(actor, 'published_propuesta', { p_folio: 'x' }),
    find_propuestas: await call(actor, 'find_propuestas', { p_convocatoria: fx.OPEN }),
    renewed_strategy: await call(actor, 'renewed_strategy', { p_convocatoria: fx.OPEN }),
    campaign_results: await call(actor, 'campaign_results', { p_convocatoria: fx.OPEN }),
    strategy_renewal: await call(actor, 'strategy_renewal', { p_id: fx.OPEN }),
    save_renewal: await call(actor, 'save_renewal', { p_id: fx.OPEN, p_version: 9, p_data: '{}' }),
    offer_renewal: await call(actor, 'offer_renewal', { p_id: fx.OPEN, p_version: 9 }),
    approve_renewal: await call(actor, 'approve_renewal', { p_id: fx.OPEN, p_version: 9 }),
    results_desk: await call(actor, 'results_desk', { p_id: fx.OPEN }),
    campaign_mesa: await call(actor, 'campaign_mesa', { p_convocatoria: fx.OPEN }),
    mesa_desk: await call(actor, 'mesa_desk', { p_id: fx.OPEN }),
    save_mesa: await call(actor, 'save_mesa', { p_id: fx.OPEN, p_version: 9, p_data: '{}' }),
    publish_mesa: await call(actor, 'publish_mesa', { p_id: fx.OPEN, p_version: 9 }),
    comment_acta: await verdict(
      actor,
      fx.op(
        'mesa.comment',
        crypto.randomUUID(),
        { convocatoria_id: fx.OPEN, submission_id: crypto.randomUUID() },
        { secret: fx.newSecret() },
      ),
    ),
    own_comments: await call(actor, 'own_comments', { p_folio: 'x', p_secret: 'x' }),
    own_captions: await call(actor, 'own_captions', { p_folio: 'x', p_secret: 'x' }),
    open_own_video: await call(actor, 'open_own_video', { p_folio: 'x', p_secret: 'x' }),
    caption_own_video: await call(actor, 'caption_own_video', {
      p_folio: 'x',
      p_secret: 'x',
      p_version: 1,
      p_cues: '[]',
    }),
    acta_desk: await call(actor, 'acta_desk', { p_id: fx.OPEN }),
    save_acta: await call(actor, 'save_acta', { p_id: fx.OPEN, p_version: 9, p_body: 'x' }),
    open_acta: await call(actor, 'open_acta', { p_id: fx.OPEN, p_version: 9, p_until: '2099-01-01' }),
    close_acta: await call(actor, 'close_acta', { p_id: fx.OPEN, p_version: 9 }),
    settle_comment: await call(actor, 'settle_comment', {
      p_comment: crypto.randomUUID(),
      p_version: 1,
      p_published: true,
      p_reason: null,
    }),
    jury_desk: await call(actor, 'jury_desk'),
    guardian_request: await call(actor, 'guardian_request', { p_token: 'x' }),
    open_guardian_video: await call(actor, 'open_guardian_video', { p_token: 'x' }),
    guardian_answer: await call(actor, 'guardian_answer', { p_token: 'x', p_answer: 'refuse' }),
    guardian_contact: await call(actor, 'guardian_contact', { p_id: film.id }),
    confirm_minor: await call(actor, 'confirm_minor', { p_id: film.id, p_version: 1 }),
    jury_video: await call(actor, 'jury_video', { p_id: crypto.randomUUID() }),
    mark_video: await verdict(actor, fx.op('jury.mark', crypto.randomUUID(), { marks: [], reason: 'x' })),
    recuse: await verdict(actor, fx.op('jury.recuse', crypto.randomUUID(), { reason: 'x' })),
    list_recognitions: await call(actor, 'list_recognitions', { p_id: vx.VIDEOS }),
    grant_recognition: await call(actor, 'grant_recognition', { p_id: vx.VIDEOS, p_data: '{}' }),
    revoke_recognition: await call(actor, 'revoke_recognition', {
      p_id: vx.VIDEOS,
      p_recognition: crypto.randomUUID(),
      p_reason: 'x',
    }),
    selection_desk: await call(actor, 'selection_desk', { p_id: vx.VIDEOS }),
    open_selection: await call(actor, 'open_selection', { p_id: vx.VIDEOS, p_version: 9 }),
    deal_videos: await call(actor, 'deal_videos', { p_id: vx.VIDEOS, p_version: 9 }),
    seat_juror: await call(actor, 'seat_juror', {
      p_id: vx.VIDEOS,
      p_version: 9,
      p_submission: film.id,
      p_juror: crypto.randomUUID(),
    }),
    close_selection: await call(actor, 'close_selection', { p_id: vx.VIDEOS, p_version: 9, p_chosen: '{}' }),
    reopen_selection: await call(actor, 'reopen_selection', { p_id: vx.VIDEOS, p_version: 9, p_reason: 'x' }),
    invite_to_mesa: await call(actor, 'invite_to_mesa', { p_id: fx.OPEN }),
    note_followup: await call(actor, 'note_followup', {
      p_id: fx.OPEN,
      p_part: fx.ACTION,
      p_state: 'done',
      p_words: 'x',
      p_link: null,
      p_area: 'x',
      p_on_day: '2026-01-01',
      p_seen: 0,
    }),
    answer_followup: await call(actor, 'answer_followup', {
      p_folio: 'x',
      p_secret: 'x',
      p_followup: fx.OPEN,
      p_done: true,
    }),
    publish_results: await call(actor, 'publish_results', { p_id: fx.OPEN, p_number: 1 }),
    settle_hold: await call(actor, 'settle_hold', {
      p_submission: crypto.randomUUID(),
      p_outcome: 'let_in',
    }),
    take_edition_work: await call(actor, 'take_edition_work'),
    settle_edition_work: await call(actor, 'settle_edition_work', {
      p_convocatoria: crypto.randomUUID(),
      p_number: 1,
      p_work: 'page',
      p_page: 1,
      p_files: '[]',
    }),
    reschedule: await verdict(actor, fx.op('jornada.reschedule', jx.DAY, {})),
    preview_day_change: await call(actor, 'preview_day_change', { p_jornada: jx.DAY, p_payload: '{}' }),
    staff_me: await call(actor, 'staff_me'),
    review_queue: await call(actor, 'review_queue'),
    review_item: await call(actor, 'review_item', { p_id: others.id }),
    open_file: await call(actor, 'open_file', { p_bucket: 'videos-intake', p_name: film.media.id }),
    decide: await verdict(
      actor,
      fx.op('review.decide', others.id, { decision: 'burn' }, { expected_version: 1 }),
    ),
    amend: await verdict(
      actor,
      fx.op('review.decide', others.id, { decision: 'reopen' }, { expected_version: 1 }),
    ),
    undo_decision: await verdict(actor, fx.op('review.undo', others.id, { event_id: crypto.randomUUID() })),
    assign: await verdict(actor, fx.op('desk.assign', others.id, { to: crypto.randomUUID() })),
    note_open_review: await call(actor, 'note_open_review', { p_id: others.id }),
    list_log: await call(actor, 'list_log'),
    list_second_reviews: await call(actor, 'list_second_reviews'),
    findings_board: await call(actor, 'findings_board', { p_convocatoria: fx.OPEN }),
    list_sorted: await call(actor, 'list_sorted', { p_convocatoria: fx.OPEN }),
    likely_twins: await call(actor, 'likely_twins', { p_convocatoria: fx.OPEN }),
    enter_propuesta: await verdict(actor, fx.op('propuesta.enter', crypto.randomUUID(), {})),
    sort_propuesta: await verdict(actor, fx.op('propuesta.sort', others.id, {})),
    save_finding: await verdict(actor, fx.op('finding.save', others.id, { convocatoria_id: fx.OPEN })),
    draft_answer: await verdict(actor, fx.op('finding.answer', finding, {})),
    review_answer: await call(actor, 'review_answer', {
      p_finding: finding,
      p_version: 1,
      p_approved: true,
    }),
    plan_answers: await call(actor, 'plan_answers', { p_convocatoria: fx.OPEN, p_day: '2036-01-01' }),
    finish_answers: await call(actor, 'finish_answers', { p_convocatoria: fx.OPEN }),
    ask_others_review: await verdict(
      actor,
      fx.op('submission.ask_review', others.id, {}, { secret: fx.newSecret() }),
    ),
    desk_kit: await call(actor, 'desk_kit'),
    save_reply_templates: await call(actor, 'save_reply_templates', { p_expected_version: 99, p_texts: {} }),
    list_quarantine: await call(actor, 'list_quarantine'),
    settle_quarantine: await call(actor, 'settle_quarantine', { p_ids: '{}', p_release: true }),
    list_set_apart: await call(actor, 'list_set_apart'),
    admit_registrations: await call(actor, 'admit_registrations', { p_ids: '{}' }),
    list_registrations: await call(actor, 'list_registrations'),
    amend_registration: await verdict(actor, fx.op('registration.amend', seat.id, {})),
    substitute_registration: await verdict(actor, fx.op('registration.substitute', seat.id, {})),
    release_registration: await verdict(actor, fx.op('registration.release', seat.id, {})),
    reassign_registration: await verdict(actor, fx.op('registration.reassign', seat.id, {})),
    enter_registration: await verdict(actor, fx.op('registration.enter', seat.id, {})),
    give_seat: await verdict(actor, fx.op('registration.seat', seat.id, {})),
    answer_others_survey: await verdict(
      actor,
      fx.op('survey.answer', seat.id, { jornada_id: jx.DAY }, { secret: mine.secret }),
    ),
    attendance_figures: await call(actor, 'attendance_figures', { p_convocatoria: jx.JORNADAS }),
    letter_register: await call(actor, 'letter_register', { p_convocatoria: jx.JORNADAS }),
    survey_results: await call(actor, 'survey_results', { p_convocatoria: jx.JORNADAS }),
    remove_survey_text: await call(actor, 'remove_survey_text', { p_jornada: jx.DAY, p_text: 'x' }),
    constancia_figures: await call(actor, 'constancia_figures'),
    issue_constancia: await call(actor, 'issue_constancia', { p_id: seat.id, p_secret: mine.secret }),
    issue_constancias: await call(actor, 'issue_constancias', { p_convocatoria: jx.JORNADAS }),
    reissue_constancia: await verdict(actor, fx.op('constancia.reissue', seat.id, {})),
    revoke_constancia: await verdict(actor, fx.op('constancia.revoke', seat.id, {})),
    revoked_constancias: await call(actor, 'revoked_constancias'),
    take_constancias: await call(actor, 'take_constancias', { p_key: 'x', p_limit: 0 }),
    settle_constancias: await call(actor, 'settle_constancias', { p_key: 'x', p_signed: '[]' }),
    take_revocations: await call(actor, 'take_revocations'),
    take_passes: await call(actor, 'take_passes', { p_limit: 0 }),
    settle_passes: await call(actor, 'settle_passes', { p_signed: '[]' }),
    settle_revocations: await call(actor, 'settle_revocations', {
      p_text: 'x',
      p_signature: '0'.repeat(128),
      p_hash: 'x',
    }),
    confirm_registration: await verdict(actor, fx.op('registration.confirm', seat.id, {})),
    desk_alerts: await call(actor, 'desk_alerts'),
    campaign_board: await call(actor, 'campaign_board', { p_id: fx.OPEN }),
    job_faults: await call(actor, 'job_faults'),
    list_staff: await call(actor, 'list_staff'),
    invite_first_admin: await call(actor, 'invite_first_admin', { p_email: 'x', p_name: 'x' }),
    institution_logo: await call(actor, 'institution_logo'),
    institution_settings: await call(actor, 'institution_settings'),
    retention_outlook: await call(actor, 'retention_outlook'),
    deletion_receipts: await call(actor, 'deletion_receipts'),
    save_institution: await call(actor, 'save_institution', { p_expected_version: 9, p_data: {} }),
    save_holidays: await call(actor, 'save_holidays', { p_expected_version: 9, p_days: '[]' }),
    invite_staff: await call(actor, 'invite_staff', { p_email: 'x', p_name: 'x', p_role: 'x' }),
    cancel_invitation: await call(actor, 'cancel_invitation', { p_id: crypto.randomUUID() }),
    set_staff_active: await call(actor, 'set_staff_active', { p_id: crypto.randomUUID(), p_active: true }),
    my_session: await call(actor, 'my_session'),
    make_recovery_codes: await call(actor, 'make_recovery_codes'),
    use_recovery_code: await call(actor, 'use_recovery_code', { p_code: 'x' }),
    remove_second_factor: await call(actor, 'remove_second_factor'),
    reset_second_factor: await call(actor, 'reset_second_factor', { p_id: crypto.randomUUID() }),
    list_convocatorias: await call(actor, 'list_convocatorias'),
    convocatoria_draft: await call(actor, 'convocatoria_draft', { p_id: fx.OPEN }),
    create_convocatoria: await call(actor, 'create_convocatoria', { p_id: crypto.randomUUID(), p_kind: 'x' }),
    clone_convocatoria: await call(actor, 'clone_convocatoria', {
      p_id: crypto.randomUUID(),
      p_from: crypto.randomUUID(),
      p_opens_on: '2036-11-06',
    }),
    save_section: await call(actor, 'save_section', {
      p_id: fx.OPEN,
      p_section: 'textos',
      p_expected_version: 9,
      p_data: {},
    }),
    preview_convocatoria: await call(actor, 'preview_convocatoria', { p_id: fx.OPEN }),
    share_preview: await call(actor, 'share_preview', { p_id: fx.OPEN }),
    unshare_preview: await call(actor, 'unshare_preview', { p_id: fx.OPEN }),
    open_preview: await call(actor, 'open_preview', { p_token: 'x' }),
    publish_convocatoria: await call(actor, 'publish_convocatoria', { p_id: fx.OPEN, p_revision: 9 }),
    withdraw_convocatoria: await call(actor, 'withdraw_convocatoria', { p_id: fx.OPEN, p_reason: 'x' }),
    pause_convocatoria: await call(actor, 'pause_convocatoria', LIFE),
    resume_convocatoria: await call(actor, 'resume_convocatoria', LIFE),
    close_convocatoria: await call(actor, 'close_convocatoria', LIFE),
    reopen_convocatoria: await call(actor, 'reopen_convocatoria', { ...LIFE, p_closes_at: null }),
    retire_convocatoria: await call(actor, 'retire_convocatoria', LIFE),
    delete_convocatoria: await call(actor, 'delete_convocatoria', { p_id: crypto.randomUUID() }),
    add_insumo_file: await call(actor, 'add_insumo_file', {
      p_convocatoria: fx.OPEN,
      p_id: crypto.randomUUID(),
      p_kind: 'pdf',
      p_mime: 'text/html',
      p_bytes: 1,
      p_sha256: 'a'.repeat(64),
    }),
    insumo_files: await call(actor, 'insumo_files', { p_convocatoria: fx.OPEN }),
    add_rendition: await call(actor, 'add_rendition', { p_submission: film.id, p_file: {} }),
    attach_rendition: await call(actor, 'attach_rendition', { p_submission: film.id }),
    missing_renditions: await call(actor, 'missing_renditions', {}),
    external_copies: await call(actor, 'external_copies'),
    note_external_copy: await call(actor, 'note_external_copy', { p_submission: film.id, p_copy: '{}' }),
    remove_external_copy: await call(actor, 'remove_external_copy', {
      p_id: crypto.randomUUID(),
      p_removed: true,
    }),
    missing_captions: await call(actor, 'missing_captions', {}),
    export_campaign: await call(actor, 'export_campaign', { p_id: fx.OPEN }),
    preview_import: await call(actor, 'preview_import', { p_document: {} }),
    import_campaign: await call(actor, 'import_campaign', { p_id: crypto.randomUUID(), p_document: {} }),
    keep_push_key: await call(actor, 'keep_push_key', { p_key: 'x'.repeat(87) }),
    keep_signing_keys: await call(actor, 'keep_signing_keys', { p_keys: '[]' }),
    list_registry: await call(actor, 'list_registry'),
    registry_body: await call(actor, 'registry_body', { p_id: crypto.randomUUID() }),
    preview_bodies: await call(actor, 'preview_bodies', { p_rows: '[]' }),
    import_bodies: await call(actor, 'import_bodies', { p_rows: '[]', p_expected: 0 }),
    undo_import: await call(actor, 'undo_import', { p_id: crypto.randomUUID() }),
    save_body: await call(actor, 'save_body', {
      p_id: crypto.randomUUID(),
      p_expected_version: 9,
      p_data: { domains: [] },
    }),
    set_body_active: await call(actor, 'set_body_active', { p_id: crypto.randomUUID(), p_active: false }),
    merge_bodies: await call(actor, 'merge_bodies', {
      p_kept: crypto.randomUUID(),
      p_merged: crypto.randomUUID(),
    }),
    save_classes: await call(actor, 'save_classes', { p_classes: '[]', p_expected: -1 }),
    report_missing_body: await call(actor, 'report_missing_body', { p_name: 'x' }),
    resolve_report: await call(actor, 'resolve_report', {
      p_id: crypto.randomUUID(),
      p_outcome: 'discarded',
    }),
    mail_standing: await call(actor, 'mail_standing', { p_token: 'x' }),
    choose_mail: await call(actor, 'choose_mail', { p_token: 'x', p_choice: 'stop' }),
    choose_reminders: await call(actor, 'choose_reminders', {
      p_folio: 'x',
      p_secret: mine.secret,
      p_chosen: '{}',
    }),
    change_modality: await call(actor, 'change_modality', {
      p_folio: 'x',
      p_secret: mine.secret,
      p_jornada: crypto.randomUUID(),
      p_online: true,
    }),
    keep_seat: await call(actor, 'keep_seat', {
      p_folio: 'x',
      p_secret: mine.secret,
      p_jornada: crypto.randomUUID(),
    }),
    release_colleague: await call(actor, 'release_colleague', {
      p_folio: 'x',
      p_secret: mine.secret,
      p_colleague: 'y',
    }),
    substitute_colleague: await call(actor, 'substitute_colleague', {
      p_folio: 'x',
      p_secret: mine.secret,
      p_colleague: 'y',
      p_data: '{}',
    }),
    approve_registration: await verdict(actor, fx.op('registration.approve', seat.id, {})),
    undo_approval: await verdict(actor, fx.op('registration.undo_approve', seat.id, {})),
    join_day: await call(actor, 'join_day', {
      p_folio: 'x',
      p_secret: mine.secret,
      p_jornada: crypto.randomUUID(),
    }),
    substitute_delegate: await call(actor, 'substitute_delegate', {
      p_folio: 'x',
      p_secret: mine.secret,
      p_data: '{}',
    }),
    choose_calendar: await call(actor, 'choose_calendar', { p_folio: 'x', p_secret: mine.secret }),
    choose_push: await call(actor, 'choose_push', { p_folio: 'x', p_secret: mine.secret }),
    log_proof: await call(actor, 'log_proof', { p_folio: 'x', p_secret: mine.secret }),
    take_log_head: await call(actor, 'take_log_head', { p_key: 'x' }),
    settle_log_head: await call(actor, 'settle_log_head', { p_text: 'x', p_signature: 'x' }),
    take_log_files: await call(actor, 'take_log_files'),
    settle_log_file: await call(actor, 'settle_log_file', { p_day: '2026-01-01' }),
    calendar_feed: await call(actor, 'calendar_feed', {
      p_campaign: 'x',
      p_key: null,
      p_direct: null,
      p_hops: null,
    }),
    open_invitation: await call(actor, 'open_invitation', { p_token: 'x' }),
    accept_invitation: await call(actor, 'accept_invitation', { p_token: 'x' }),
    redeem_invitation: await call(actor, 'redeem_invitation', { p_token: 'x', p_user: crypto.randomUUID() }),
    take_file_jobs: await call(actor, 'take_file_jobs', { p_limit: 0 }),
    settle_file_job: await call(actor, 'settle_file_job', {
      p_id: crypto.randomUUID(),
      p_work: 'verify',
    }),
    write_again: await call(actor, 'write_again', { p_submission: others.id }),
    list_doubtful: await call(actor, 'list_doubtful'),
    settle_doubtful: await call(actor, 'settle_doubtful', { p_ids: '{}', p_outcome: 'arrived' }),
    liaison_figures: await call(actor, 'liaison_figures', { p_convocatoria: jx.JORNADAS }),
    write_to_liaisons: await call(actor, 'write_to_liaisons', { p_group: group, p_kind: 'reminder' }),
    take_mail: await call(actor, 'take_mail', { p_limit: 0 }),
    begin_mail: await call(actor, 'begin_mail', { p_id: 0, p_lease: crypto.randomUUID() }),
    record_mail_event: await call(actor, 'record_mail_event', {
      p_name: crypto.randomUUID(),
      p_event: 'delivered',
    }),
    settle_mail: await call(actor, 'settle_mail', { p_id: 0 }),
    take_media_jobs: await call(actor, 'take_media_jobs', { p_limit: 0 }),
    settle_media_job: await call(actor, 'settle_media_job', { p_id: 0 }),
    run_due_jobs: await call(actor, 'run_due_jobs'),
  }
}

test('an anonymous author opens the own submission and no other', async () =>
  expect(await answersTo(anon)).toEqual(rights.CITIZEN))
test('a person who is signed in and not on the staff has a citizen’s rights', async () =>
  expect(await answersTo(fx.stranger)).toEqual(rights.SIGNED_IN))
test('a moderator reads the queue and decides, and edits no campaign', async () =>
  expect(await answersTo(fx.moderator)).toEqual(rights.DECIDER))
test('a coordinator also edits campaigns, moves days and reads the list of staff', async () =>
  expect(await answersTo(fx.coordinator)).toEqual(rights.COORDINATOR))
test('an administrator reads submissions, manages staff and amends decisions, and takes no first decision', async () =>
  expect(await answersTo(fx.admin)).toEqual(rights.ADMIN))
test('an auditor reads submissions and decides nothing', async () =>
  expect(await answersTo(fx.auditor)).toEqual(rights.AUDITOR))
test('a door volunteer marks attendance and sees no submission', async () => {
  expect(await answersTo(door)).toEqual(rights.DOOR)
  expect(await answersTo(fx.doorVolunteer)).toEqual(rights.DOOR)
})
test('a juror reads what they judge and nothing else', async () =>
  expect(await answersTo(juror)).toEqual(rights.JUROR))
test('a person who left the staff has a citizen’s rights', async () =>
  expect(await answersTo(retired)).toEqual(rights.SIGNED_IN))

test('the service role sends letters, processes files and runs jobs, and has no citizen’s rights', async () =>
  expect(await answersTo(service)).toEqual(rights.SERVICE))

test('docs/roles.md is the table of these answers', async () =>
  expect(rights.asTable()).toMatchFileSnapshot('../../docs/roles.md'))

test.each(['select', 'insert', 'update', 'delete'])(
  'no role can %s in any table of schema app',
  async (verb) => {
    const { rows } = await db.pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'`,
    )
    expect(rows.length).toBeGreaterThan(20)
    const statement = (table: string) =>
      ({
        select: `select from app.${table}`,
        insert: `insert into app.${table} default values`,
        update: `update app.${table} set ctid = ctid`,
        delete: `delete from app.${table}`,
      })[verb]!
    for (const actor of [anon, fx.moderator, service]) {
      for (const { name } of rows) {
        const sql = verb === 'update' ? await firstColumn(name) : statement(name)
        expect([name, await fx.outcome(asActor(db, actor, (client) => client.query(sql)))]).toEqual([
          name,
          rights.DENIED,
        ])
      }
    }
  },
)

async function firstColumn(table: string) {
  const { rows } = await db.pool.query<{ column: string }>(
    `select attname as column from pg_attribute where attrelid = $1::regclass and attnum = 1`,
    [`app.${table}`],
  )
  return `update app.${table} set ${rows[0]!.column} = null`
}
