/** Those under 18: who may take part, what is never kept or shown, and who has to say yes before anything is public. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { type Actor, anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as mx from './minorFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
let second: Actor
beforeAll(async () => {
  db = await createTestDatabase()
  second = await fx.addStaff(db, 'moderator')
  await mx.letMinors(db, true)
})
afterEach(async () => {
  await fx.setClock(db, null)
  await mx.letMinors(db, true)
})
afterAll(() => db.drop())

const judge = (change: object, minor: unknown = mx.MINOR) => mx.judge(db, change, minor)
const send = (change: object = {}, minor: unknown = mx.MINOR) => mx.sendMinor(db, change, minor)
const versionOf = (id: string) => mx.versionOf(db, id)
const minorOf = (id: string) => mx.minorOf(db, id)
const answer = (token: string | null, p_answer: string, p_name = false) =>
  callAs(db, anon, 'guardian_answer', { p_token: token, p_answer, p_name }) as Promise<{ state: string }>
const standing = async (token: string | null) =>
  (await (callAs(db, anon, 'guardian_request', { p_token: token }) as Promise<{ state: string }>)).state
const confirm = async (actor: Actor, id: string, rest: object = {}) =>
  callAs(db, actor, 'confirm_minor', { p_id: id, p_version: await versionOf(id), ...rest }) as Promise<
    StaffItem<'videos'>
  >
const today = async () =>
  (await db.pool.query<{ day: string }>('select app.local_day(app.now())::text as day')).rows[0]!.day
const decision = async (id: string, what: string, actor: Actor = fx.moderator) => {
  const op = fx.op('review.decide', id, { decision: what }, { expected_version: await versionOf(id) })
  const verdict = await fx.applyOne(db, actor, op)
  return 'code' in verdict ? verdict.code : verdict.status
}
const published = async () =>
  (
    (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
      items: { folio: string; name: string | null; municipality: string | null }[]
    }
  ).items
/** Authorised by link, confirmed by two, accepted and published. */
async function publish(child: mx.Child, name: boolean): Promise<void> {
  await answer(child.token, 'authorise', name)
  await confirm(fx.moderator, child.id, { p_how: 'link', p_on: await today() })
  await confirm(second, child.id)
  await fx.decide(db, fx.moderator, child.id, 'accept')
  await vx.prepareVideo(db, child)
  await fx.decide(db, fx.moderator, child.id, 'publish')
  await vx.runJobs(db)
}

describe('who may take part', () => {
  test('a campaign takes no minor unless its setting says so, and receives what phones held since then', async () => {
    await mx.letMinors(db, false)
    expect(await judge({})).toBe('malformed_op adult')
    await mx.letMinors(db, false, true)
    expect(await judge({})).toBe('applied')
  })

  test('a video that a phone saved before it asked for the age is received as an adult’s', async () => {
    const { id, row } = await vx.submitVideo(db)
    expect(row.content).not.toHaveProperty('minor')
    expect(await minorOf(id)).toBeUndefined()
  })

  test.each<[string, object, unknown, string]>([
    ['no «yes» of their own', {}, { ...mx.MINOR, assent: false }, 'malformed_op assent'],
    ['no guardian', {}, { assent: true }, 'text_required guardian_name'],
    ['an unnamed guardian', {}, mx.withGuardian({ name: ' ' }), 'text_required guardian_name'],
    [
      'a guardian who is nobody to them',
      {},
      mx.withGuardian({ relationship: 'vecina' }),
      'malformed_op guardian_relationship',
    ],
    ['an address that is none', {}, mx.withGuardian({ contact: 'rosa@' }), 'email_invalid guardian_contact'],
    [
      'a telephone of nine digits',
      {},
      mx.withGuardian({ contact: '722 123 45 6' }),
      'malformed_op guardian_contact',
    ],
    ['a name with a surname', { display_name: 'Luna Paz' }, mx.MINOR, 'malformed_op nickname'],
    ['a pseudonym of 31 letters', { display_name: 'a'.repeat(31) }, mx.MINOR, 'malformed_op nickname'],
    ['no name at all', { display_name: null }, mx.MINOR, 'applied'],
    ['a telephone', {}, mx.withGuardian({ contact: '(722) 123-45 67' }), 'applied'],
  ])('the database judges a minor with %s', async (_, change, minor, expected) =>
    expect(await judge(change, minor)).toBe(expected),
  )

  test('of a minor no municipality, sector or own address is kept', async () => {
    const { id, row } = await send()
    expect(row.content).toMatchObject({
      municipality: null,
      sector: null,
      minor: { authorisation: 'waiting' },
    })
    expect(row.has_email).toBe(false)
    const { rows } = await db.pool.query(
      `select w::text as words from app.submission_search w where w.submission_id = $1`,
      [id],
    )
    expect(rows[0].words).not.toMatch(/15106|sociedad_civil/u)
  })
})

describe('what is allowed', () => {
  const allowed = async (id: string) =>
    (
      await db.pool.query<{ all: string[] }>('select app.allowed_by_author($1) as all', [id])
    ).rows[0]!.all.sort()

  test('a minor’s own consent counts and that of adults does not, and of an adult the other way round', async () => {
    const { rows } = await db.pool.query<{ id: string; hash: string }>(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       select 1, 'Con menores', simplified, full_form, consents || '[{"key": "publish_minor", "required": false,
         "text": "Autorizo publicar mi video y mi nombre.", "allows": ["image_voice", "text", "name"], "until": "2030"}]',
         published_on, '' from app.notices where id = $1 returning id, hash`,
      [vx.VIDEO_NOTICE],
    )
    const point = (id: string) =>
      db.pool.query('update app.convocatorias set notice_id = $1 where id = $2', [id, vx.VIDEOS])
    await point(rows[0]!.id)
    const granted = (...keys: string[]) => ({
      notice_id: rows[0]!.id,
      notice_hash: rows[0]!.hash,
      consents: ['own_work', 'people_agree', 'licence', ...keys].map((key) => ({ key, granted: true })),
    })
    const MINORS = ['image_voice', 'licence', 'name', 'text']
    expect(await allowed((await send(granted('publish', 'publish_minor'))).id)).toEqual(MINORS)
    expect(await allowed((await send(granted('publish'))).id)).toEqual(['licence'])
    const both = await vx.submitVideo(db, granted('publish', 'publish_minor'))
    expect(await allowed(both.id)).toEqual([...MINORS, 'municipality', 'sector'].sort())
    expect(await allowed((await vx.submitVideo(db, granted('publish_minor'))).id)).toEqual(['licence'])
    await point(vx.VIDEO_NOTICE)
  })

  test('under a notice that asks one thing of all, a minor’s answer to it counts', async () =>
    expect(await allowed((await send()).id)).toContain('image_voice'))
})

describe('the guardian', () => {
  test('a minor’s lost link is recovered through the address by which the guardian authorised, and not before', async () => {
    const contact = `rosa-${randomUUID()}@correo.mx`
    const { row, token } = await send({}, mx.withGuardian({ contact }))
    const recovered = async () => {
      await callAs(db, anon, 'request_link_code', { p_email: contact })
      const { rows } = await db.pool.query<{ code: string }>(
        `select substring(body from 'código es (\\d{6})') as code from app.mail_queue
         where recipient = $1 and body like 'Tu código es%' order by id desc limit 1`,
        [contact],
      )
      if (!rows[0]) return null
      const seed = 'a'.repeat(22)
      return callAs(db, anon, 'recover_links', { p_email: contact, p_code: rows[0].code, p_seed: seed })
    }
    expect(await recovered()).toBeNull()
    await answer(token, 'authorise')
    const { links } = (await recovered()) as { links: { folio: string; secret: string }[] }
    expect(links.map(({ folio }) => folio)).toEqual([row.folio])
    const mine = { p_folio: row.folio, p_secret: links[0]!.secret }
    expect(await fx.outcome(callAs(db, anon, 'own_captions', mine))).toBe('ok')
  })

  test('reads by her link what it is about, and opening it changes nothing', async () => {
    const { token, row } = await send()
    const page = await callAs(db, anon, 'guardian_request', { p_token: token })
    expect(page).toMatchObject({ state: 'waiting', folio: row.folio, nickname: 'Luna', is_public: false })
    expect(await standing(token)).toBe('waiting')
    expect(await fx.outcome(callAs(db, anon, 'guardian_request', { p_token: 'x' }))).toBe(
      'PT404 guardian_link_unknown',
    )
  })

  test('watches the video itself while her link is valid, for five minutes an address, and never after she said no', async () => {
    const watch = (p_token: unknown) => callAs(db, anon, 'open_guardian_video', { p_token })
    const { id, token, media } = await send()
    const opened = { bucket: 'videos-intake', name: media.id, seconds: 300 }
    expect(await callAs(db, anon, 'guardian_request', { p_token: token })).toMatchObject({
      bytes: media.bytes,
      stored: true,
    })
    expect(await watch(token)).toEqual(opened)
    expect(await fx.outcome(watch('x'))).toBe('PT404 guardian_link_unknown')
    await answer(token, 'authorise')
    await fx.setClock(db, '2099-01-01T12:00:00Z')
    expect(await watch(token)).toEqual(opened)
    await fx.setClock(db, null)
    await answer(token, 'withdraw')
    expect(await fx.outcome(watch(token))).toBe('PT404 upload_missing')
    const late = await send()
    await db.pool.query(
      `update app.minors set expires_at = app.now() - interval '1 second' where submission_id = $1`,
      [late.id],
    )
    expect(await fx.outcome(watch(late.token))).toBe('PT404 upload_missing')
    expect(id).not.toBe(late.id)
  })

  test('who authorises may do it once, and her link then withdraws', async () => {
    const { token } = await send()
    expect((await answer(token, 'authorise')).state).toBe('authorised')
    expect((await answer(token, 'authorise')).state).toBe('authorised')
    expect(await fx.outcome(answer(token, 'refuse'))).toBe('PT409 guardian_answered')
    expect((await answer(token, 'withdraw')).state).toBe('withdrawn')
    expect(await fx.outcome(answer(token, 'authorise'))).toBe('PT409 guardian_answered')
  })

  test('who refuses takes the video away for good, with its file and her own data', async () => {
    const { id, secret, token, media } = await send()
    expect((await answer(token, 'refuse')).state).toBe('refused')
    expect(await vx.runJobs(db)).toEqual(['erase'])
    expect(await vx.mediaOf(db, { media })).toMatchObject({ status: 'removed' })
    expect(await minorOf(id)).toMatchObject({
      state: 'refused',
      guardian_name: null,
      email: null,
      phone: null,
    })
    const undo = fx.op('submission.undo_withdraw', id, {}, { secret })
    expect(await fx.applyOne(db, anon, undo)).toMatchObject({ code: 'withdrawal_final' })
  })

  test('a link that waited 30 days in vain answers nothing; staff may still note an answer', async () => {
    const { id, token } = await send()
    const { rows } = await db.pool.query(
      `select (expires_at + interval '1 second')::text as at from app.minors where submission_id = $1`,
      [id],
    )
    await fx.setClock(db, rows[0].at)
    expect(await standing(token)).toBe('expired')
    expect(await fx.outcome(answer(token, 'authorise'))).toBe('PT409 guardian_answered')
    await confirm(fx.moderator, id, { p_how: 'telephone', p_on: await today() })
    expect(await minorOf(id)).toMatchObject({ state: 'authorised', by_link: false })
  })

  test('a telephone gets no letter, and what may be a flood gets one only once staff released it', async () => {
    expect((await send({}, mx.withGuardian({ contact: '7221234567' }))).token).toBeNull()
    const { id } = await send()
    await db.pool.query('delete from app.mail_queue where submission_id = $1', [id])
    await db.pool.query('update app.submissions set quarantined_at = now() where id = $1', [id])
    await callAs(db, fx.moderator, 'settle_quarantine', { p_ids: `{${id}}`, p_release: true })
    const { rowCount } = await db.pool.query(
      `select from app.mail_queue where submission_id = $1 and recipient = 'rosa@correo.mx'`,
      [id],
    )
    expect(rowCount).toBe(1)
  })

  test('her name and contact go with the contacts of the submission', async () => {
    const { id } = await send({ display_name: null })
    await db.pool.query('select app.empty_contacts(array[$1::uuid], false)', [id])
    expect(await minorOf(id)).toMatchObject({
      guardian_name: null,
      email: null,
      reach: 'email',
      state: 'waiting',
    })
  })
})

describe('before anything is public', () => {
  test('a minor’s video is not accepted before the guardian authorised it', async () => {
    const { id, token } = await send()
    expect(await decision(id, 'accept')).toBe('guardian_waiting')
    await answer(token, 'authorise')
    expect(await decision(id, 'accept')).toBe('applied')
  })

  test('two members confirm it: the first says how and when she was asked, the second is somebody else', async () => {
    const child = await send()
    await answer(child.token, 'authorise')
    await fx.decide(db, fx.moderator, child.id, 'accept')
    await vx.prepareVideo(db, child)
    expect(await decision(child.id, 'publish')).toBe('minor_unchecked')
    const on = await today()
    expect(await fx.outcome(confirm(fx.moderator, child.id))).toBe('PT422 minor_how_required')
    expect(await fx.outcome(confirm(fx.moderator, child.id, { p_how: 'link', p_on: '2020-01-01' }))).toBe(
      'PT422 date_invalid',
    )
    await confirm(fx.moderator, child.id, { p_how: 'link', p_on: on })
    expect(await decision(child.id, 'publish')).toBe('minor_unchecked')
    expect(await fx.outcome(confirm(fx.moderator, child.id))).toBe('PT409 minor_second_person')
    const item = await confirm(second, child.id)
    expect(item.content.minor!.checks.map(({ how, mine }) => [how, mine])).toEqual([
      ['link', false],
      [null, true],
    ])
    expect(await decision(child.id, 'publish')).toBe('applied')
  })

  test('nobody says that the link answered when it did not', async () => {
    const { id } = await send({}, mx.withGuardian({ contact: '7221234567' }))
    expect(await fx.outcome(confirm(fx.moderator, id, { p_how: 'link', p_on: await today() }))).toBe(
      'PT422 minor_how_required',
    )
  })

  test('words that their author changes after the second check are checked again', async () => {
    const { id, secret } = await send({ transcript: null })
    const on = await today()
    await confirm(fx.moderator, id, { p_how: 'telephone', p_on: on })
    await confirm(second, id)
    const { pillar, title, summary } = await vx.video(db)
    const payload = { pillar, title, summary, transcript: 'Me llamo Luna Paz.' }
    const op = fx.op('video.correct', id, payload, { secret, expected_version: await versionOf(id) })
    expect(await fx.applyOne(db, anon, op)).toMatchObject({ status: 'applied' })
    const { rows } = await db.pool.query('select how from app.minor_checks where submission_id = $1', [id])
    expect(rows).toEqual([{ how: 'telephone' }])
  })

  test('only those who decide read whom to call, and no item of staff has it', async () => {
    const { id } = await send()
    expect(await callAs(db, fx.moderator, 'guardian_contact', { p_id: id })).toMatchObject({
      email: 'rosa@correo.mx',
    })
    expect(await fx.outcome(callAs(db, fx.auditor, 'guardian_contact', { p_id: id }))).toBe(
      'PT403 not_allowed',
    )
    const item = await callAs(db, fx.moderator, 'review_item', { p_id: id })
    expect(JSON.stringify(item)).not.toMatch(/rosa/iu)
  })

  test('everybody reads the first name only where the guardian allowed it, and never a municipality', async () => {
    const [shown, hidden] = [await send(), await send()]
    await publish(shown, true)
    await publish(hidden, false)
    const items = await published()
    const of = ({ row }: mx.Child) => items.find(({ folio }) => folio === row.folio)
    expect(of(shown)).toMatchObject({ name: 'Luna', municipality: null })
    expect(of(hidden)).toMatchObject({ name: null, municipality: null })
    const data = {
      id: randomUUID(),
      holder: 'person',
      folio: hidden.row.folio,
      work: 'x',
      links: ['https://a.mx/b'],
    }
    expect(
      await fx.outcome(
        callAs(db, fx.coordinator, 'grant_recognition', { p_id: vx.VIDEOS, p_data: JSON.stringify(data) }),
      ),
    ).toBe('PT409 name_not_allowed')
  })

  test('a guardian who withdraws takes the video off its public page at once, and its copies by the next job', async () => {
    const child = await send()
    await publish(child, false)
    await answer(child.token, 'withdraw')
    expect((await published()).map(({ folio }) => folio)).not.toContain(child.row.folio)
    expect(await vx.runJobs(db)).toEqual(['unpublish', 'erase'])
  })
})
