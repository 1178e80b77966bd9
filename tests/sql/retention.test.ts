/** What is kept of people and until when: the edge of each period, what stays, the receipts, and the phone's answer. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RetentionPeriods } from '@/domain/institution'
import { notice as jornadas } from '@/features/jornadas/staff/studio/notice'
import { notice as propuestas } from '@/features/propuestas/staff/studio/notice'
import { notice as videos } from '@/features/videos/staff/studio/notice'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { retentionOn } from './retentionFixtures'

let db: TestDatabase
const { scalar, runDue, instant, atTheEdge, receipts, clearReceipts, open } = retentionOn(() => db)
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(() => clearReceipts())
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

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
    expect(
      await scalar('select count(*)::int from app.submission_search where submission_id = $1', [sent.id]),
    ).toBe(0)
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

/** Every figure of days, months and years in a text. */
const figuresIn = (text: string) =>
  [...text.matchAll(/\d+ (?:días?|mes(?:es)?|años?)/gu)].map(([one]) => one).sort()

describe('what notices promise', () => {
  const KINDS = [
    ['propuestas', 'a1', propuestas, ['12 meses', '30 días', '10 años']],
    ['videos', 'a5', videos, ['12 meses', '90 días', '30 días', '10 años']],
    ['jornadas', 'a4', jornadas, ['12 meses', '24 meses', '30 días', '10 años']],
  ] as const

  test.each(KINDS)(
    'the notice of the demonstration and the template of %s say the periods of the settings',
    async (_, id, kind, expected) => {
      const periods = await scalar<RetentionPeriods>('app.retention_periods()')
      expect(figuresIn(kind.partsOf({ dataOf: () => ({}), periods }).retention)).toEqual([...expected].sort())
      const seeded = await scalar<string>(
        `select f ->> 'paragraphs' from app.notices n, jsonb_array_elements(n.full_form) f
         where n.id::text like '%' || $1 and f ->> 'heading' like 'Cuánto tiempo%'`,
        [`0000${id}`],
      )
      expect(figuresIn(seeded)).toEqual([...expected].sort())
      const units = { months: 'meses', days: 'días', years: 'años' }
      const known = Object.entries(periods).map(
        ([key, value]) => `${value} ${units[key.split('_').at(-1) as keyof typeof units]}`,
      )
      expect(known).toEqual(expect.arrayContaining([...expected]))
    },
  )

  test.each([
    ['the periods of the settings', 'Tu correo, 12 meses. Lo que retires, 30 días. Lo demás, 10 años.', []],
    ['days of work in another part', 'Nada.', []],
    ['another number of months', 'Tu correo, 13 meses.', ['full-1']],
    ['a figure in another unit', 'Tu correo, 12 días.', ['full-1']],
    ['a year more', 'Lo demás, 11 años.', ['full-1']],
  ])('a notice with %s is answered with its problems', async (_, text, expected) => {
    const full = [
      { heading: 'Derechos', paragraphs: ['La respuesta se da en 20 días hábiles.'] },
      { heading: 'Cuánto tiempo se guardan', paragraphs: [text] },
    ]
    const fields = await scalar<string[]>(
      `array(select p.field from unnest(app.period_problems($1)) p where p.code = 'period_differs' and p.level = 'missing')`,
      [JSON.stringify({ full })],
    )
    expect(fields).toEqual(expected)
  })
})
