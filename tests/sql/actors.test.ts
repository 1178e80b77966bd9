/** Every actor calls every function: who is let in, who is told apart, and who is stopped at the door. */
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
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
let mine: fx.Sent
let others: fx.Sent
let seat: jx.Registered
let film: vx.SentVideo
let door: Actor
let retired: Actor
beforeAll(async () => {
  db = await createTestDatabase()
  mine = await fx.submit(db)
  others = await fx.submit(db)
  await jx.setDay(db, jx.DAY, 100)
  seat = await jx.register(db)
  film = await vx.submitVideo(db)
  door = await fx.addStaff(db, 'door')
  retired = await fx.addStaff(db, 'moderator', { active: false })
})
afterAll(() => db.drop())

const DENIED = '42501'
const UNKNOWN = 'PT404 submission_unknown'
const NO_INVITATION = 'PT404 invitation_unknown'
const call = (actor: Actor, fn: string, args: Record<string, unknown> = {}) =>
  fx.outcome(callAs(db, actor, fn, args))
const verdict = async (actor: Actor, one: unknown) =>
  fx.applyOne(db, actor, one).then(
    (answer) => ('code' in answer ? answer.code : answer.status),
    (error: { code: string }) => error.code,
  )

/** What each function answers to this actor; a citizen's function does not care who is signed in. */
async function rights(actor: Actor) {
  return {
    bootstrap: await call(actor, 'bootstrap'),
    published_propuestas: await call(actor, 'published_propuestas', { p_convocatoria: fx.OPEN }),
    published_videos: await call(actor, 'published_videos', { p_convocatoria: vx.VIDEOS }),
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
    list_bodies: await call(actor, 'list_bodies'),
    door_list: await call(actor, 'door_list', { p_jornada: jx.DAY }),
    jornada_days: await call(actor, 'jornada_days'),
    check_in: await verdict(
      actor,
      fx.op('door.check_in', seat.id, { jornada_id: jx.DAY, code: 'x', at: '2026-11-20T16:00:00Z' }),
    ),
    reschedule: await verdict(actor, fx.op('jornada.reschedule', jx.DAY, {})),
    staff_me: await call(actor, 'staff_me'),
    review_queue: await call(actor, 'review_queue'),
    review_item: await call(actor, 'review_item', { p_id: others.id }),
    decide: await verdict(
      actor,
      fx.op('review.decide', others.id, { decision: 'burn' }, { expected_version: 1 }),
    ),
    undo_decision: await verdict(actor, fx.op('review.undo', others.id, { event_id: crypto.randomUUID() })),
    list_staff: await call(actor, 'list_staff'),
    invite_staff: await call(actor, 'invite_staff', { p_email: 'x', p_name: 'x', p_role: 'x' }),
    cancel_invitation: await call(actor, 'cancel_invitation', { p_id: crypto.randomUUID() }),
    set_staff_active: await call(actor, 'set_staff_active', { p_id: crypto.randomUUID(), p_active: true }),
    list_convocatorias: await call(actor, 'list_convocatorias'),
    convocatoria_draft: await call(actor, 'convocatoria_draft', { p_id: fx.OPEN }),
    save_convocatoria: await call(actor, 'save_convocatoria', {
      p_id: fx.OPEN,
      p_expected_version: 0,
      p_data: {},
    }),
    publish_convocatoria: await call(actor, 'publish_convocatoria', { p_id: fx.OPEN, p_expected_version: 0 }),
    open_invitation: await call(actor, 'open_invitation', { p_token: 'x' }),
    accept_invitation: await call(actor, 'accept_invitation', { p_token: 'x' }),
    redeem_invitation: await call(actor, 'redeem_invitation', { p_token: 'x', p_user: crypto.randomUUID() }),
    take_mail: await call(actor, 'take_mail', { p_limit: 0 }),
    settle_mail: await call(actor, 'settle_mail', { p_id: 0 }),
    take_media_jobs: await call(actor, 'take_media_jobs', { p_limit: 0 }),
    settle_media_job: await call(actor, 'settle_media_job', { p_id: 0 }),
    run_due_jobs: await call(actor, 'run_due_jobs'),
  }
}

const CITIZEN = {
  bootstrap: 'ok',
  published_propuestas: 'ok',
  published_videos: 'ok',
  pull_changes: 'ok',
  own_folio: 'ok',
  others_folio: UNKNOWN,
  request_link_code: 'ok',
  recover_links: 'ok', // its refusals are answers: what was counted stays counted
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
  invite_staff: DENIED,
  cancel_invitation: DENIED,
  set_staff_active: DENIED,
  list_convocatorias: DENIED,
  convocatoria_draft: DENIED,
  save_convocatoria: DENIED,
  publish_convocatoria: DENIED,
  open_invitation: NO_INVITATION,
  accept_invitation: DENIED,
  redeem_invitation: DENIED,
  take_mail: DENIED,
  settle_mail: DENIED,
  take_media_jobs: DENIED,
  settle_media_job: DENIED,
  run_due_jobs: DENIED,
}
const SIGNED_IN = {
  ...CITIZEN,
  staff_me: 'ok',
  door_list: 'PT403 not_allowed',
  jornada_days: 'PT403 not_allowed',
  review_queue: 'PT403 not_allowed',
  review_item: 'PT403 not_allowed',
  list_staff: 'PT403 not_allowed',
  invite_staff: 'PT403 not_allowed',
  cancel_invitation: 'PT403 not_allowed',
  set_staff_active: 'PT403 not_allowed',
  list_convocatorias: 'PT403 not_allowed',
  convocatoria_draft: 'PT403 not_allowed',
  save_convocatoria: 'PT403 not_allowed',
  publish_convocatoria: 'PT403 not_allowed',
  accept_invitation: NO_INVITATION,
}
const READER = { ...SIGNED_IN, review_queue: 'ok', review_item: 'ok', list_convocatorias: 'ok' }
const EDITOR = {
  convocatoria_draft: 'ok',
  save_convocatoria: 'PT409 conflict',
  publish_convocatoria: 'PT409 conflict',
}
const ADMIN = {
  ...READER,
  ...EDITOR,
  list_staff: 'ok',
  invite_staff: 'PT422 email_invalid',
  cancel_invitation: NO_INVITATION,
  set_staff_active: 'PT404 staff_unknown',
}
const DOOR = { ...SIGNED_IN, door_list: 'ok', jornada_days: 'ok', check_in: 'pass_wrong' }
const AUDITOR = { ...READER, door_list: 'ok', jornada_days: 'ok' }
const DECIDER = {
  ...AUDITOR,
  check_in: 'pass_wrong',
  decide: 'transition_invalid',
  undo_decision: 'undo_expired',
  transcribe: 'transition_invalid',
}

test('anonymous, author of one and not of the other', async () => expect(await rights(anon)).toEqual(CITIZEN))
test('somebody signed in who is no staff', async () => expect(await rights(fx.stranger)).toEqual(SIGNED_IN))
test('a moderator', async () => expect(await rights(fx.moderator)).toEqual(DECIDER))
test('a coordinator also edits campaigns and reads who works here', async () =>
  expect(await rights(fx.coordinator)).toEqual({
    ...DECIDER,
    ...EDITOR,
    list_staff: 'ok',
    reschedule: 'malformed_op',
  }))
test('an administrator reads, decides nothing and manages people', async () =>
  expect(await rights(fx.admin)).toEqual(ADMIN))
test('an auditor reads and does not decide', async () => expect(await rights(fx.auditor)).toEqual(AUDITOR))
test('a door volunteer keeps the door and sees no submission', async () => {
  expect(await rights(door)).toEqual(DOOR)
  expect(await rights(fx.doorVolunteer)).toEqual(DOOR)
})
test('somebody who worked here', async () => expect(await rights(retired)).toEqual(SIGNED_IN))

test('the service sends letters, works on files and runs jobs, and is no citizen', async () => {
  const all = Object.fromEntries(Object.keys(CITIZEN).map((key) => [key, DENIED]))
  expect(await rights(service)).toEqual({
    ...all,
    take_mail: 'ok',
    settle_mail: 'ok',
    take_media_jobs: 'ok',
    settle_media_job: 'ok',
    run_due_jobs: 'ok',
    open_invitation: NO_INVITATION,
    redeem_invitation: NO_INVITATION,
  })
})

test.each(['select', 'insert', 'update', 'delete'])('no role may %s in any table of ours', async (verb) => {
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
        DENIED,
      ])
    }
  }
})

async function firstColumn(table: string) {
  const { rows } = await db.pool.query<{ column: string }>(
    `select attname as column from pg_attribute where attrelid = $1::regclass and attnum = 1`,
    [`app.${table}`],
  )
  return `update app.${table} set ${rows[0]!.column} = null`
}
