/** The complete list of grants. A grant that this list lacks fails the tests. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const ROLES = ['anon', 'authenticated', 'service_role', 'authenticator']
const EVERYBODY = ['anon', 'authenticated']
const GRANTS: Record<string, string[]> = {
  'accept_invitation(text)': ['authenticated'],
  'add_insumo_file(uuid,uuid,text,text,bigint,text)': ['authenticated'],
  'apply_ops(json)': EVERYBODY,
  'bootstrap()': EVERYBODY,
  'choose_mail(text,text)': [...EVERYBODY, 'service_role'],
  'mail_standing(text)': EVERYBODY,
  'campaign_board(uuid)': ['authenticated'],
  'cancel_invitation(uuid)': ['authenticated'],
  'door_list(uuid,bigint,integer,text)': ['authenticated'],
  'institution_logo()': EVERYBODY,
  'institution_settings()': ['authenticated'],
  'retention_outlook()': ['authenticated'],
  'deletion_receipts()': ['authenticated'],
  'insumo_files(uuid)': ['authenticated'],
  'add_rendition(uuid,jsonb)': ['authenticated', 'service_role'],
  'attach_rendition(uuid)': ['authenticated', 'service_role'],
  'missing_renditions()': ['authenticated', 'service_role'],
  'external_copies(uuid)': ['authenticated'],
  'note_external_copy(uuid,jsonb)': ['authenticated'],
  'remove_external_copy(uuid,boolean)': ['authenticated'],
  'missing_captions()': ['authenticated'],
  'invite_first_admin(text,text)': ['service_role'],
  'invite_staff(text,text,text,uuid,uuid)': ['authenticated'],
  'jornada_days()': ['authenticated'],
  'list_bodies(text)': EVERYBODY,
  'convocatoria_draft(uuid)': ['authenticated'],
  'list_convocatorias()': ['authenticated'],
  'make_recovery_codes()': ['authenticated'],
  'my_session()': ['authenticated'],
  'remove_second_factor()': ['authenticated'],
  'reset_second_factor(uuid)': ['authenticated'],
  'use_recovery_code(text)': ['authenticated'],
  'list_staff()': ['authenticated'],
  'list_quarantine(boolean,text)': ['authenticated'],
  'list_second_reviews()': ['authenticated'],
  'findings_board(uuid)': ['authenticated'],
  'list_sorted(uuid,uuid,text,text)': ['authenticated'],
  'likely_twins(uuid)': ['authenticated'],
  'review_answer(uuid,integer,boolean,text)': ['authenticated'],
  'plan_answers(uuid,date)': ['authenticated'],
  'finish_answers(uuid)': ['authenticated'],
  'list_log(uuid,text,text,text,date,date,text,integer)': ['authenticated'],
  'note_open_review(uuid,boolean)': ['authenticated'],
  'settle_quarantine(uuid[],boolean)': ['authenticated'],
  'list_set_apart(uuid,text)': ['authenticated'],
  'admit_registrations(uuid[])': ['authenticated'],
  'list_registrations(uuid,uuid,text,text,text)': ['authenticated'],
  'constancia_figures()': ['authenticated'],
  'attendance_figures(uuid)': ['authenticated'],
  'letter_register(uuid,bigint,uuid)': ['authenticated'],
  'survey_results(uuid)': ['authenticated'],
  'remove_survey_text(uuid,text)': ['authenticated'],
  'issue_constancia(uuid,text)': EVERYBODY,
  'issue_constancias(uuid)': ['authenticated'],
  'revoked_constancias()': EVERYBODY,
  'settle_constancias(text,jsonb)': ['service_role'],
  'settle_revocations(text,text,text)': ['service_role'],
  'settle_passes(jsonb)': ['service_role'],
  'take_passes(integer)': ['service_role'],
  'take_constancias(text,integer)': ['service_role'],
  'take_revocations()': ['service_role'],
  'log_proof(text,text,bigint)': EVERYBODY,
  'take_log_head(text)': ['service_role'],
  'settle_log_head(text,text)': ['service_role'],
  'take_log_files()': ['service_role'],
  'settle_log_file(date)': ['service_role'],
  'desk_alerts()': ['authenticated'],
  'job_faults()': ['authenticated'],
  'list_registry(text)': ['authenticated'],
  'registry_body(uuid)': ['authenticated'],
  'preview_bodies(jsonb)': ['authenticated'],
  'preview_day_change(uuid,jsonb)': ['authenticated'],
  'import_bodies(jsonb,bigint,boolean)': ['authenticated'],
  'undo_import(uuid)': ['authenticated'],
  'save_body(uuid,integer,jsonb)': ['authenticated'],
  'set_body_active(uuid,boolean)': ['authenticated'],
  'merge_bodies(uuid,uuid)': ['authenticated'],
  'save_classes(jsonb,bigint)': ['authenticated'],
  'report_missing_body(text,text,text)': EVERYBODY,
  'resolve_report(uuid,text,uuid)': ['authenticated'],
  'clone_convocatoria(uuid,uuid,date)': ['authenticated'],
  'create_convocatoria(uuid,text)': ['authenticated'],
  'export_campaign(uuid)': ['authenticated'],
  'import_campaign(uuid,jsonb,jsonb,boolean,jsonb)': ['authenticated'],
  'preview_import(jsonb)': ['authenticated'],
  'keep_signing_keys(jsonb)': ['service_role'],
  'save_holidays(integer,jsonb)': ['authenticated'],
  'save_institution(integer,jsonb)': ['authenticated'],
  'save_section(uuid,text,integer,jsonb)': ['authenticated'],
  'save_reply_templates(integer,jsonb)': ['authenticated'],
  'desk_kit()': ['authenticated'],
  'publish_convocatoria(uuid,integer,timestamp with time zone,text)': ['authenticated'],
  'withdraw_convocatoria(uuid,text)': ['authenticated'],
  'pause_convocatoria(uuid,integer,text,timestamp with time zone)': ['authenticated'],
  'resume_convocatoria(uuid,integer,text)': ['authenticated'],
  'close_convocatoria(uuid,integer,text)': ['authenticated'],
  'reopen_convocatoria(uuid,integer,text,timestamp with time zone,date)': ['authenticated'],
  'retire_convocatoria(uuid,integer,text)': ['authenticated'],
  'delete_convocatoria(uuid)': ['authenticated'],
  'preview_convocatoria(uuid)': ['authenticated'],
  'share_preview(uuid)': ['authenticated'],
  'unshare_preview(uuid)': ['authenticated'],
  'open_preview(text)': EVERYBODY,
  'open_file(text,text)': ['authenticated'],
  'open_folio(text,text)': EVERYBODY,
  'open_invitation(text)': [...EVERYBODY, 'service_role'],
  'published_propuestas(uuid,text)': EVERYBODY,
  'published_supports(uuid)': EVERYBODY,
  'published_propuesta(text)': EVERYBODY,
  'find_propuestas(uuid,text,text,text,text,text,text,text)': EVERYBODY,
  'renewed_strategy(uuid)': EVERYBODY,
  'campaign_results(uuid)': EVERYBODY,
  'strategy_renewal(uuid)': ['authenticated'],
  'save_renewal(uuid,integer,jsonb)': ['authenticated'],
  'offer_renewal(uuid,integer)': ['authenticated'],
  'approve_renewal(uuid,integer)': ['authenticated'],
  'results_desk(uuid)': ['authenticated'],
  'publish_results(uuid,integer)': ['authenticated'],
  'campaign_mesa(uuid)': EVERYBODY,
  'own_comments(text,text)': EVERYBODY,
  'own_captions(text,text)': EVERYBODY,
  'caption_own_video(text,text,integer,jsonb)': EVERYBODY,
  'open_own_video(text,text)': EVERYBODY,
  'acta_desk(uuid)': ['authenticated'],
  'save_acta(uuid,integer,text)': ['authenticated'],
  'open_acta(uuid,integer,date)': ['authenticated'],
  'close_acta(uuid,integer)': ['authenticated'],
  'settle_comment(uuid,integer,boolean,text)': ['authenticated'],
  'guardian_request(text)': EVERYBODY,
  'open_guardian_video(text)': EVERYBODY,
  'guardian_answer(text,text,boolean)': EVERYBODY,
  'guardian_contact(uuid)': ['authenticated'],
  'confirm_minor(uuid,integer,text,date,boolean)': ['authenticated'],
  'jury_desk()': ['authenticated'],
  'jury_video(uuid)': ['authenticated'],
  'selection_desk(uuid)': ['authenticated'],
  'list_recognitions(uuid)': ['authenticated'],
  'grant_recognition(uuid,jsonb)': ['authenticated'],
  'revoke_recognition(uuid,uuid,text)': ['authenticated'],
  'open_selection(uuid,integer)': ['authenticated'],
  'deal_videos(uuid,integer)': ['authenticated'],
  'seat_juror(uuid,integer,uuid,uuid,uuid)': ['authenticated'],
  'close_selection(uuid,integer,uuid[],text)': ['authenticated'],
  'reopen_selection(uuid,integer,text)': ['authenticated'],
  'invite_to_mesa(uuid)': ['authenticated'],
  'mesa_desk(uuid)': ['authenticated'],
  'save_mesa(uuid,integer,jsonb)': ['authenticated'],
  'publish_mesa(uuid,integer)': ['authenticated'],
  'note_followup(uuid,uuid,integer,text,text,text,text,date)': ['authenticated'],
  'answer_followup(text,text,uuid,boolean)': EVERYBODY,
  'settle_hold(uuid,text)': ['authenticated'],
  'take_edition_work()': ['service_role'],
  'settle_edition_work(uuid,integer,text,integer,jsonb,text)': ['service_role'],
  'published_videos(uuid,text,text,text,text)': EVERYBODY,
  'public_videos(text[])': EVERYBODY,
  'likeness_digest(uuid)': EVERYBODY,
  'support_propuesta(text,text,boolean,text,text,text)': EVERYBODY,
  'pull_changes(jsonb)': EVERYBODY,
  'recover_links(text,text,text)': EVERYBODY,
  'redeem_invitation(text,uuid)': ['service_role'],
  'request_link_code(text)': EVERYBODY,
  'review_item(uuid)': ['authenticated'],
  'review_queue(uuid,text[],text,text,text,jsonb)': ['authenticated'],
  'run_due_jobs()': ['service_role'],
  'set_staff_active(uuid,boolean)': ['authenticated'],
  'settle_file_job(uuid,text,jsonb,text)': ['service_role'],
  'choose_reminders(text,text,text[])': EVERYBODY,
  'change_modality(text,text,uuid,boolean)': EVERYBODY,
  'join_day(text,text,uuid)': EVERYBODY,
  'keep_seat(text,text,uuid)': EVERYBODY,
  'release_colleague(text,text,text)': EVERYBODY,
  'substitute_colleague(text,text,text,jsonb)': EVERYBODY,
  'substitute_delegate(text,text,jsonb)': EVERYBODY,
  'choose_calendar(text,text,text,text)': EVERYBODY,
  'calendar_feed(text,text,text,text)': ['service_role'],
  'choose_push(text,text,text,text,text,boolean)': EVERYBODY,
  'keep_push_key(text)': ['service_role'],
  'list_doubtful()': ['authenticated'],
  'settle_doubtful(bigint[],text)': ['authenticated'],
  'liaison_figures(uuid)': ['authenticated'],
  'write_to_liaisons(uuid,text)': ['authenticated'],
  'begin_mail(bigint,uuid)': ['service_role'],
  'record_mail_event(uuid,text)': ['service_role'],
  'write_again(uuid)': ['authenticated'],
  'settle_mail(bigint,text,text)': ['service_role'],
  'settle_media_job(bigint,jsonb,text)': ['service_role'],
  'staff_me()': ['authenticated'],
  'take_file_jobs(integer)': ['service_role'],
  'take_mail(integer,boolean,boolean)': ['service_role'],
  'take_media_jobs(integer)': ['service_role'],
}
/**
 * Called by the policies and the trigger of storage. No API exposes them, and no role can enter their schema.
 */
const STORAGE_HELPERS: Record<string, string[]> = {
  'app.can_add_insumo_file(text,jsonb)': ['authenticated'],
  'app.can_add_rendition(text,jsonb)': ['authenticated'],
  'app.can_upload(text,jsonb)': ['anon'],
  'app.guard_intake()': [],
}

const names = async (sql: string, args: unknown[] = []) =>
  (await db.pool.query<{ name: string }>(sql, args)).rows.map(({ name }) => name)

test('schema public holds the functions of the contract and nothing else', async () => {
  const functions = await names(
    `select oid::regprocedure::text as name from pg_proc where pronamespace = 'public'::regnamespace`,
  )
  expect(functions.sort()).toEqual(Object.keys(GRANTS).sort())
  expect(
    await names(`select relname as name from pg_class where relnamespace = 'public'::regnamespace`),
  ).toEqual([])
})

test.each(ROLES)('role %s executes only the functions granted to it by name', async (role) => {
  const granted = await names(
    `select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace)
       and has_function_privilege($1, p.oid, 'execute')`,
    [role],
  )
  const listed = Object.entries({ ...GRANTS, ...STORAGE_HELPERS }).filter(([, roles]) => roles.includes(role))
  expect(granted.sort()).toEqual(listed.map(([name]) => name).sort())
})

test.each(ROLES)(
  'role %s has no privilege on any table or sequence of schemas app and public',
  async (role) => {
    const tables = await names(
      `select c.relname || ' ' || v as name from pg_class c, unnest(array['select', 'insert', 'update', 'delete',
       'truncate', 'references', 'trigger']) v
     where c.relnamespace in ('app'::regnamespace, 'public'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm')
       and has_table_privilege($1, c.oid, v)`,
      [role],
    )
    const sequences = await names(
      `select c.relname as name from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'S'
       and case when c.relkind = 'S' then has_sequence_privilege($1, c.oid, 'usage, select, update') end`,
      [role],
    )
    expect([...tables, ...sequences]).toEqual([])
  },
)

test.each(ROLES)('role %s cannot enter schema app', async (role) => {
  expect(
    await names(`select $1::text as name where has_schema_privilege($1::text, 'app', 'usage, create')`, [
      role,
    ]),
  ).toEqual([])
  expect(
    await names(`select $1::text as name where has_schema_privilege($1::text, 'public', 'create')`, [role]),
  ).toEqual([])
})

test('every table has row security enabled, and no policy grants access to one', async () => {
  const open = `select relname as name from pg_class where relnamespace in ('app'::regnamespace, 'public'::regnamespace)
    and relkind in ('r', 'p') and not relrowsecurity`
  expect(await names(open)).toEqual([])
  expect(
    await names(`select policyname as name from pg_policies where schemaname in ('app', 'public')`),
  ).toEqual([])
})

test('every security definer function has an empty search_path', async () => {
  const loose = `select oid::regprocedure::text as name from pg_proc
    where pronamespace in ('public'::regnamespace, 'app'::regnamespace) and prosecdef
      and not coalesce(proconfig, '{}') @> array['search_path=""']`
  expect(await names(loose)).toEqual([])
})

test('only functions that clients or storage call are security definer', async () => {
  const definers = await names(
    `select oid::regprocedure::text as name from pg_proc where pronamespace in ('public'::regnamespace, 'app'::regnamespace) and prosecdef`,
  )
  expect(definers.sort()).toEqual(Object.keys({ ...GRANTS, ...STORAGE_HELPERS }).sort())
})

test('a new table or function starts without grants', async () => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query('create table public.tomorrow (x int)')
    await client.query(`create function public.tomorrow() returns int language sql as 'select 1'`)
    const { rows } = await client.query(
      `select r.rolname from pg_roles r where r.rolname = any ($1) and (has_table_privilege(r.rolname, 'public.tomorrow', 'select')
        or has_function_privilege(r.rolname, 'public.tomorrow()', 'execute'))`,
      [ROLES],
    )
    expect(rows).toEqual([])
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test('every function that a client may call by GET is read-only', async () => {
  const stable = `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and provolatile <> 'v'`
  expect((await names(stable)).sort()).toEqual(
    [
      'bootstrap',
      'campaign_mesa',
      'campaign_results',
      'mesa_desk',
      'acta_desk',
      'guardian_request',
      'open_guardian_video',
      'guardian_contact',
      'jury_desk',
      'jury_video',
      'door_list',
      'export_campaign',
      'find_propuestas',
      'published_propuesta',
      'renewed_strategy',
      'results_desk',
      'strategy_renewal',
      'institution_logo',
      'insumo_files',
      'missing_renditions',
      'external_copies',
      'missing_captions',
      'own_captions',
      'open_own_video',
      'institution_settings',
      'retention_outlook',
      'deletion_receipts',
      'jornada_days',
      'list_bodies',
      'mail_standing',
      'convocatoria_draft',
      'list_convocatorias',
      'list_doubtful',
      'liaison_figures',
      'list_registry',
      'list_staff',
      'list_log',
      'list_quarantine',
      'list_second_reviews',
      'findings_board',
      'likely_twins',
      'list_set_apart',
      'campaign_board',
      'list_registrations',
      'constancia_figures',
      'attendance_figures',
      'letter_register',
      'survey_results',
      'revoked_constancias',
      'take_constancias',
      'take_revocations',
      'take_log_head',
      'take_log_files',
      'log_proof',
      'take_passes',
      'desk_alerts',
      'desk_kit',
      'job_faults',
      'my_session',
      'open_file',
      'open_folio',
      'open_invitation',
      'preview_import',
      'preview_day_change',
      'published_propuestas',
      'published_supports',
      'likeness_digest',
      'published_videos',
      'public_videos',
      'pull_changes',
      'registry_body',
      'review_item',
      'review_queue',
    ].sort(),
  )
})

test('every foreign key on a path of deletes or lookups has an index that starts with it', async () => {
  const bare = `select conrelid::regclass || ' ' || conname as name from pg_constraint c
    where contype = 'f' and connamespace = 'app'::regnamespace
      and confrelid in ('app.submissions'::regclass, 'app.review_events'::regclass)
      and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`
  expect(await names(bare)).toEqual([])
})

/**
 * SQL cannot inline a function that sets search_path, and the savepoint of each op discards its plan, so every call
 * plans it anew. PL/pgSQL keeps plans for the session. Exempt: functions that return rows, called once a page.
 */
test('every function of schema app that sets search_path and returns one value is PL/pgSQL', async () => {
  const planned = `select oid::regprocedure::text as name from pg_proc
    where pronamespace = 'app'::regnamespace and proconfig is not null and not proretset
      and prolang = (select oid from pg_language where lanname = 'sql')`
  expect(await names(planned)).toEqual([])
})

test('no publication carries a table, so that Realtime tells nobody of a row', async () => {
  const { rows } = await db.pool.query(
    `select p.pubname, t.tablename from pg_publication p left join pg_publication_tables t using (pubname)
     where p.puballtables or t.tablename is not null`,
  )
  expect(rows).toEqual([])
})
