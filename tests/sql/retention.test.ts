/** What is kept of people and until when: each period's edge, what stays, the receipts, and the phone's answer. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { anon, asActor, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(() => clearReceipts())
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const clearReceipts = () =>
  db.pool.query(`alter table app.deletion_receipts disable trigger user; delete from app.deletion_receipts;
    alter table app.deletion_receipts enable trigger user`)
const scalar = async <T>(sql: string, values: unknown[] = []) =>
  (await db.pool.query<{ v: T }>(`select (${sql}) as v`, values)).rows[0]!.v
const runDue = () => asActor(db, service, (client) => client.query('select public.run_due_jobs()'))

/** The first millisecond at or after an instant that a statement names; Postgres has microseconds. */
const instant = (sql: string, id: string) =>
  scalar<Date>(`date_trunc('milliseconds', (${sql}) + interval '999 microseconds')`, [id])

/** Runs the due jobs a second before an instant and at it; answers what `read` sees each time. `end`: SQL, `$1` the id. */
async function atTheEdge<T>(end: string, id: string, read: () => Promise<T>): Promise<[T, T]> {
  const at = await instant(end, id)
  await fx.setClock(db, new Date(at.getTime() - 1000).toISOString())
  await runDue()
  const before = await read()
  await fx.setClock(db, at.toISOString())
  await runDue()
  return [before, await read()]
}
interface Receipt {
  rule: string
  amount: number | null
  deleted: number
  convocatoria_title: string
}
const receipts = async (rule: string) => {
  const { items } = (await callAs(db, fx.admin, 'deletion_receipts')) as { items: Receipt[] }
  return items.filter((one) => one.rule === rule).map(({ amount, deleted }) => [amount, deleted])
}
const open = ({ row, secret }: { row: { folio: string }; secret: string }) =>
  fx.openFolio(db, row.folio, secret)
const answered = `select answered_at + interval '12 months' from app.submissions where id = $1`

describe('names and addresses', () => {
  test('a contact is erased twelve months after the answer, to the second, and the folio opens and says so', async () => {
    const sent = await fx.submit(db, { display_name: 'Ana Pérez', email: 'ana@correo.mx' })
    const silent = await fx.submit(db)
    for (const { id } of [sent, silent]) await fx.decide(db, fx.moderator, id, 'accept')
    await fx.decide(db, fx.moderator, sent.id, 'publish') // a later step does not lengthen the period
    const [before, after] = await atTheEdge(answered, sent.id, () => open(sent))
    expect(before).toMatchObject({ display_name: 'Ana Pérez', has_email: true })
    expect(Object.keys(before)).not.toContain('contact_erased_at')
    expect(after).toMatchObject({
      state: 'published',
      display_name: null,
      has_email: false,
      contact_erased_at: expect.any(String) as string,
      content: { body: sent.row.content.body },
    })
    expect(await receipts('contacts')).toEqual([[12, 1]])
    expect(Object.keys(await open(silent))).not.toContain('contact_erased_at')
    const { items } = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN })) as {
      items: { folio: string; name: string | null }[]
    }
    expect(items.find(({ folio }) => folio === sent.row.folio)).toMatchObject({ name: null })
  })

  test('the period counts from the answer that stands; without one, from the day that was promised', async () => {
    const undone = await fx.submit(db, { email: 'a@correo.mx' })
    const { events, version } = await fx.decide(db, fx.moderator, undone.id, 'accept')
    await fx.applyOne(
      db,
      fx.moderator,
      fx.op('review.undo', undone.id, { event_id: events.at(-1)!.id }, { expected_version: version }),
    )
    const [before, after] = await atTheEdge(
      `select app.end_of_day(c.answer_by) + interval '12 months' from app.submissions s
       join app.convocatorias c on c.id = s.convocatoria_id where s.id = $1`,
      undone.id,
      () => open(undone),
    )
    expect([before.has_email, after.has_email]).toEqual([true, false])
  })

  test('a setting made longer does not lengthen what the notice of a campaign promised; a shorter one counts', async () => {
    const keep = (months: number) =>
      db.pool.query('update app.institution set keep_contacts_months = $1', [months])
    const sent = await fx.submit(db, { email: 'b@correo.mx' })
    await fx.decide(db, fx.moderator, sent.id, 'reject', { reason_code: 'off_topic', message: 'No.' })
    const kept = () =>
      scalar<number>(
        `select app.kept_for(c, 'keep_contacts_months') from app.convocatorias c where c.id = $1`,
        [fx.OPEN],
      )
    await keep(36)
    expect(await kept()).toBe(12)
    await db.pool.query(
      `insert into app.notices (id, version, title, published_on, simplified, full_form, consents)
       select gen_random_uuid(), 2, n.title, n.published_on, n.simplified, n.full_form, n.consents
       from app.notices n where n.id = $1`,
      [fx.NOTICE],
    )
    await db.pool.query(
      `update app.convocatorias set notice_id = (select id from app.notices where version = 2 limit 1) where id = $1`,
      [fx.OPEN],
    )
    expect(await kept()).toBe(12) // the new notice promises 36 months; people of the former one stay
    await db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [fx.OPEN, fx.NOTICE])
    const [, after] = await atTheEdge(answered, sent.id, () => open(sent))
    expect(after.has_email).toBe(false)
    await keep(6)
    expect(await kept()).toBe(6)
    await keep(12)
  })
})

describe('batches', () => {
  test('a run handles five hundred of a rule, the next ones the rest, and the receipt of the day counts all once', async () => {
    const sent = await fx.submit(db, { email: 'c@correo.mx' })
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await db.pool.query(
      `with made as (
         insert into app.submissions (id, convocatoria_id, kind, folio, state, captured_at, late, answered_at, has_contact)
         select gen_random_uuid(), s.convocatoria_id, s.kind, 'PR-' || n, s.state, s.captured_at, s.late, s.answered_at, true
         from app.submissions s, generate_series(1, 600) n where s.id = $1 returning id
       ) insert into app.contacts (submission_id, email) select id, 'x@correo.mx' from made`,
      [sent.id],
    )
    const at = await instant(answered, sent.id)
    await fx.setClock(db, at.toISOString())
    const left = () => scalar<number>('select count(*)::int from app.submissions where has_contact')
    const total = await left()
    const seen: number[] = []
    for (let run = 0; run < 3; run++) {
      await runDue()
      seen.push(total - (await left()))
    }
    expect(seen[0]).toBe(500)
    expect(seen[1]).toBeGreaterThanOrEqual(601)
    expect(seen[2]).toBe(seen[1])
    expect(await receipts('contacts')).toEqual([[12, seen[1]]])
  })

  test('a row that somebody else holds waits for the next run and delays no other', async () => {
    const held = await fx.submit(db, { email: 'd@correo.mx' })
    const free = await fx.submit(db, { email: 'e@correo.mx' })
    for (const { id } of [held, free]) await fx.decide(db, fx.moderator, id, 'accept')
    const at = await instant(answered, free.id)
    await fx.setClock(db, at.toISOString())
    const client = await db.pool.connect()
    try {
      await client.query('begin')
      await client.query('select from app.submissions where id = $1 for update', [held.id])
      await runDue()
      expect([(await open(held)).has_email, (await open(free)).has_email]).toEqual([true, false])
    } finally {
      await client.query('rollback')
      client.release()
    }
    await runDue()
    expect((await open(held)).has_email).toBe(false)
  })
})

describe('what was withdrawn', () => {
  test('thirty days after a withdrawal nothing is left of what its author wrote, and a saved op gets a clear code', async () => {
    const sent = await fx.submit(db, { display_name: 'Ana', email: 'f@correo.mx' })
    const withdraw = fx.op('submission.withdraw', sent.id, {}, { secret: sent.secret })
    await fx.applyOne(db, anon, withdraw)
    const [before, after] = await atTheEdge(
      `select withdrawn_at + interval '30 days' from app.submissions where id = $1`,
      sent.id,
      () => open(sent),
    )
    expect(before).toMatchObject({ display_name: 'Ana', content: { body: sent.row.content.body } })
    expect(after).toMatchObject({
      state: 'withdrawn',
      display_name: null,
      content_erased_at: expect.any(String) as string,
      content: { body: expect.stringContaining('Se borró') as string, municipality: null, sector: null },
    })
    expect(await receipts('withdrawn')).toEqual([[30, 1]])
    const search = await scalar<string>('select search_text from app.submissions where id = $1', [sent.id])
    expect(search).not.toContain('minutas')
    const undo = fx.op('submission.undo_withdraw', sent.id, {}, { secret: sent.secret })
    expect(await fx.applyOne(db, anon, undo)).toMatchObject({ status: 'refused', code: 'submission_erased' })
  })
})

describe('records', () => {
  test('a submission is deleted whole when its campaign ended ten years ago, and the campaign stays', async () => {
    const sent = await fx.submit(db, { email: 'g@correo.mx' })
    await fx.decide(db, fx.moderator, sent.id, 'reject', { reason_code: 'off_topic', message: 'No.' })
    const rows = () =>
      scalar<number[]>(
        `select array[(select count(*) from app.submissions where id = $1),
           (select count(*) from app.access_secrets where submission_id = $1),
           (select count(*) from app.consents where submission_id = $1),
           (select count(*) from app.review_events where submission_id = $1),
           (select count(*) from app.propuestas where submission_id = $1),
           (select count(*) from app.contacts where submission_id = $1),
           (select count(*) from app.mail_queue where submission_id = $1)]::int[]`,
        [sent.id],
      )
    expect(
      await fx.outcome(db.pool.query('delete from app.review_events where submission_id = $1', [sent.id])),
    ).toBe('55000')
    const [before, after] = await atTheEdge(
      `select app.end_of_campaign(c) + interval '10 years' from app.submissions s
       join app.convocatorias c on c.id = s.convocatoria_id where s.id = $1`,
      sent.id,
      rows,
    )
    expect(before).toEqual([1, 1, 2, 3, 1, 1, 0])
    for (let run = 0; run < 3; run++) await runDue()
    expect(after).toHaveLength(7)
    expect(await rows()).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(await fx.outcome(open(sent))).toBe('PT404 submission_unknown')
    expect(await scalar('select count(*)::int from app.convocatorias where id = $1', [fx.OPEN])).toBe(1)
    expect(await receipts('records')).not.toEqual([])
  })
})

describe('videos', () => {
  const results = `select app.end_of_day(c.results_on) + interval '90 days' from app.submissions s
    join app.convocatorias c on c.id = s.convocatoria_id where s.id = $1`

  test('a video that was not selected loses its words and its file ninety days after the results', async () => {
    const sent = await vx.arrive(db, { display_name: 'Ana' })
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await fx.decide(db, fx.moderator, sent.id, 'not_select')
    const [before, after] = await atTheEdge(results, sent.id, async () => ({
      row: await open(sent),
      jobs: await vx.runJobs(db),
      media: await vx.mediaOf(db, sent),
    }))
    expect(before).toMatchObject({ row: { content: { title: sent.row.content.title } }, jobs: [] })
    expect(after).toMatchObject({
      row: {
        state: 'not_selected',
        content: { title: 'Video borrado', transcript: null, municipality: null },
      },
      jobs: ['erase'],
      media: { status: 'removed', poster: null },
    })
    expect(await receipts('videos')).toEqual([[90, 1]])
    expect(await receipts('files')).toEqual([[null, 1]])
    await runDue()
    expect(await vx.runJobs(db)).toEqual([])
  })

  test('with the licence a published video leaves the gallery, expires, and loses its copy and its file', async () => {
    const sent = await vx.publishVideo(db)
    const accepted = await vx.arrive(db)
    await vx.runJobs(db)
    const shown = async () =>
      (
        (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
          items: { folio: string }[]
        }
      ).items.some(({ folio }) => folio === sent.row.folio)
    const end = await scalar<Date>(
      'select app.end_of_day(licence_until) from app.media_uploads where submission_id = $1',
      [sent.id],
    )
    await fx.setClock(db, end.toISOString())
    await runDue()
    expect([await shown(), (await open(sent)).state]).toEqual([true, 'published'])
    await fx.setClock(db, new Date(end.getTime() + 1000).toISOString())
    expect(await shown()).toBe(false) // before any job ran
    await runDue()
    expect(await open(sent)).toMatchObject({ state: 'expired', content: { title: sent.row.content.title } })
    expect((await vx.runJobs(db)).sort()).toEqual(['erase', 'erase', 'unpublish'])
    for (const one of [sent, accepted])
      expect(await vx.mediaOf(db, one)).toMatchObject({ status: 'removed', public_ready: false })
    expect(await receipts('licences')).toEqual([[null, 2]])
    expect(await receipts('files')).toEqual([[null, 2]])
  })

  test('a licence that staff make longer ends on the day that its author was told, a shorter one earlier', async () => {
    const sent = await vx.arrive(db)
    const told = () =>
      scalar<string>('select licence_until::text from app.media_uploads where submission_id = $1', [sent.id])
    const write = (day: string) =>
      db.pool.query('update app.video_campaigns set licence_until = $2 where convocatoria_id = $1', [
        vx.VIDEOS,
        day,
      ])
    const first = await told()
    await write('2040-01-01')
    expect(await told()).toBe(first)
    await write('2029-01-01')
    expect(await told()).toBe('2029-01-01')
    await write(first)
  })
})

describe('attendance', () => {
  const last = (period: string) => `select max(app.end_of_day(j.on_day)) + interval '${period}'
    from app.seats s join app.jornadas j on j.id = s.jornada_id where s.submission_id = $1`

  test('the address goes after twelve months; the name, the post and the hour after two years, and the seat is counted on', async () => {
    await jx.setDay(db, jx.DAY, 10)
    const sent = await jx.register(db)
    const code = (await jx.contentOf(db, sent)).seats[0]!.pass_code
    expect(await jx.checkIn(db, fx.doorVolunteer, sent.id, { code })).toMatchObject({ status: 'applied' })
    const read = async () => ({
      row: (await open(sent)) as SubmissionRow<'jornadas'>,
      by: await scalar('select checked_in_by from app.seats where submission_id = $1', [sent.id]),
    })
    const [kept, addressGone] = await atTheEdge(last('12 months'), sent.id, read)
    expect([kept.row.has_email, addressGone.row.has_email]).toEqual([true, false])
    expect(addressGone.row).toMatchObject({ display_name: 'Ana Pérez' })
    const [before, after] = await atTheEdge(last('24 months'), sent.id, read)
    expect(before.row).toMatchObject({ content: { post: 'Titular de la Unidad de Transparencia' } })
    expect(before.by).not.toBeNull()
    expect(after.row).toMatchObject({
      display_name: null,
      content: { post: 'Borrado', seats: [{ status: 'attended' }] },
    })
    expect(after.by).toBeNull()
    expect(await receipts('attendance')).toEqual([[24, 1]])
    expect(await scalar(`select app.seats_taken($1)`, [jx.DAY])).toBe(1)
  })
})

describe('what people in charge read', () => {
  test('the outlook counts what the next thirty days will delete', async () => {
    const sent = await fx.submit(db, { email: 'h@correo.mx' })
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    const contacts = async () =>
      ((await callAs(db, fx.admin, 'retention_outlook')) as { counts: Record<string, number> }).counts[
        'contacts'
      ]
    const at = await instant(
      `select answered_at + interval '12 months' - interval '30 days' from app.submissions where id = $1`,
      sent.id,
    )
    await fx.setClock(db, new Date(at.getTime() - 1000).toISOString())
    const before = (await contacts())!
    await fx.setClock(db, at.toISOString())
    expect(await contacts()).toBe(before + 1)
  })

  test('nobody rewrites a receipt', async () => {
    await db.pool.query(`select app.record_deletion('contacts', $1, 12, 3)`, [fx.OPEN])
    for (const sql of [
      'delete from app.deletion_receipts',
      'truncate app.deletion_receipts',
      'update app.deletion_receipts set deleted = 1',
      `update app.deletion_receipts set rule = 'files', deleted = 9`,
    ])
      expect(await fx.outcome(db.pool.query(sql))).toBe('55000')
  })

  test('an invitation is forgotten thirty days after it was cancelled', async () => {
    const { id } = (await callAs(db, fx.admin, 'invite_staff', {
      p_email: 'nueva@demo.example',
      p_name: 'Nueva',
      p_role: 'auditor',
    })) as { id: string }
    await callAs(db, fx.admin, 'cancel_invitation', { p_id: id })
    const [before, after] = await atTheEdge(
      `select cancelled_at + interval '30 days' from app.staff_invitations where id = $1`,
      id,
      () => scalar<number>('select count(*)::int from app.staff_invitations where id = $1', [id]),
    )
    expect([before, after]).toEqual([1, 0])
  })
})
