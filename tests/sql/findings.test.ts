/** The analysis of a consultation: findings, what belongs to them, and reasoned answers until the author reads one. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import { VIDEOS } from './videoFixtures'
import * as fx from './fixtures'
import * as an from './findingFixtures'

let db: TestDatabase
let other: Actor
beforeAll(async () => {
  db = await createTestDatabase()
  other = await fx.addStaff(db, 'moderator')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const row = (sent: fx.Sent) => fx.openFolio(db, sent.row.folio, sent.secret)
const analysis = async (sent: fx.Sent) => an.analysisIn((await row(sent)).content)
const board = (actor: Actor = fx.moderator) =>
  callAs(db, actor, 'findings_board', { p_convocatoria: fx.OPEN }) as Promise<an.Board>
const unsorted = async (search?: string) =>
  (
    (await callAs(db, fx.moderator, 'list_sorted', { p_convocatoria: fx.OPEN, p_search: search })) as {
      items: { submission_id: string }[]
    }
  ).items.map(({ submission_id }) => submission_id)
const jobs = () => callAs(db, service, 'run_due_jobs')
const lacking = async () =>
  (await db.pool.query<{ id: string }>('select app.lacking_answer($1) as id', [fx.OPEN])).rows.map(
    ({ id }) => id,
  )

describe('from a finding to the answer its author reads', () => {
  test('grouped, drafted, approved by another person, published on a day, told once', async () => {
    const sent = await an.published(db, { email: 'ana@correo.mx' })
    const finding = await an.finding(db, 'Avisos en lenguas originarias')
    expect(await unsorted()).toContain(sent.id)
    expect(await lacking()).toContain(sent.id)
    expect(await an.group(db, fx.moderator, sent.id, finding)).toBe('applied')
    expect(await unsorted()).not.toContain(sent.id)
    expect(await analysis(sent)).toEqual({ grouped: true })

    expect(await an.draft(db, fx.moderator, finding)).toBe('applied')
    expect(await an.review(db, fx.moderator, finding)).toBe('PT409 own_answer')
    expect(await an.review(db, other, finding)).toBe('ok')
    expect(await analysis(sent)).toEqual({ grouped: true })
    expect(await an.plan(db, fx.moderator)).toBe('PT403 not_allowed')
    expect(await an.plan(db, fx.coordinator)).toBe('ok')
    await jobs()
    await jobs()

    expect((await analysis(sent))?.answers).toMatchObject([
      { outcome: 'partly', title: 'Avisos en lenguas originarias' },
    ])
    const told = (await row(sent)).messages.filter(({ text }) => text?.startsWith('Se acepta en parte. '))
    expect(told).toHaveLength(1)
    expect(await lacking()).not.toContain(sent.id)
    const { rows } = await db.pool.query(
      `select from app.mail_queue where submission_id = $1 and subject like 'Hay novedades%' and event_id =
         (select id from app.review_events where submission_id = $1 and kind = 'answered')`,
      [sent.id],
    )
    expect(rows).toHaveLength(1)
  })

  test('a change of what people would read needs another approval; notes do not', async () => {
    const finding = await an.finding(db, 'Una página que pese poco')
    await an.draft(db, fx.moderator, finding)
    await an.review(db, other, finding)
    expect(
      await an.saveFinding(db, fx.moderator, finding, {
        title: 'Una página que pese poco',
        notes: 'Ver con sistemas.',
      }),
    ).toBe('applied')
    expect(await an.answerState(db, finding)).toBe('approved')
    expect(await an.saveFinding(db, other, finding, { title: 'Una página ligera' })).toBe('applied')
    expect(await an.answerState(db, finding)).toBe('draft')
    expect(await an.review(db, other, finding)).toBe('PT409 own_answer')
    expect(await an.review(db, fx.coordinator, finding)).toBe('ok')
  })

  test('an answer without reasons, area, or the date of what is accepted is not approved', async () => {
    for (const gap of [{ outcome: null }, { reasons: ' ' }, { area: '' }, { due_on: null }]) {
      const finding = await an.finding(db, 'Respuesta incompleta')
      await an.draft(db, fx.moderator, finding, gap)
      expect(await an.review(db, other, finding)).toBe('PT409 answer_incomplete')
    }
  })

  test('a returned draft says why, and its next draft forgets it', async () => {
    const finding = await an.finding(db, 'Se devuelve')
    await an.draft(db, fx.moderator, finding)
    expect(await an.review(db, other, finding, false)).toBe('PT422 reason_required')
    expect(await an.review(db, other, finding, false, 'Falta decir con qué dinero.')).toBe('ok')
    const answerOf = async () => (await board()).findings.find(({ id }) => id === finding)?.answer
    expect(await answerOf()).toMatchObject({ state: 'draft', returned: 'Falta decir con qué dinero.' })
    await an.draft(db, fx.moderator, finding)
    expect(await answerOf()).toMatchObject({ returned: null })
  })

  test('who joins an answered finding is told, and nobody leaves it', async () => {
    const { finding } = await an.answered(db, other)
    const late = await an.published(db)
    await an.group(db, fx.moderator, late.id, finding)
    await jobs()
    expect((await analysis(late))?.answers).toHaveLength(1)
    expect(await an.group(db, fx.moderator, late.id, null)).toBe('answer_standing finding_id')
    expect(await an.group(db, fx.moderator, late.id, await an.finding(db, 'Otro'))).toBe(
      'answer_standing finding_id',
    )
    expect((await analysis(late))?.answers).toHaveLength(1)
  })
})

describe('none ends without an answer', () => {
  test('a campaign is not closed as answered while a proposal lacks one', async () => {
    const sent = await an.published(db)
    const finish = (actor: Actor) =>
      fx.outcome(callAs(db, actor, 'finish_answers', { p_convocatoria: fx.OPEN }))
    expect(await finish(fx.coordinator)).toBe('PT409 not_closed')
    for (const other of [randomUUID(), VIDEOS])
      expect(await fx.outcome(callAs(db, fx.coordinator, 'finish_answers', { p_convocatoria: other }))).toBe(
        'PT404 convocatoria_unknown',
      )
    const { rows } = await db.pool.query<{ until: string }>(
      `select to_json(app.received_until(c) + interval '1 minute') #>> '{}' as until from app.convocatorias c where id = $1`,
      [fx.OPEN],
    )
    await fx.setClock(db, rows[0]!.until)
    expect(await finish(fx.coordinator)).toBe('PT409 answers_missing')
    expect(await finish(fx.moderator)).toBe('PT403 not_allowed')
    await fx.setClock(db, null)
    const { finding } = await an.answered(db, other)
    for (const id of await lacking()) {
      await an.accept(db, id)
      expect(await an.group(db, fx.moderator, id, finding)).toBe('applied')
    }
    expect(await lacking()).toEqual([])
    await fx.setClock(db, rows[0]!.until)
    expect(await finish(fx.coordinator)).toBe('ok')
    expect((await board()).finished_at).not.toBeNull()
    expect((await row(sent)).content).toHaveProperty('analysis')
    await fx.decide(db, fx.coordinator, sent.id, 'take_back', { message: 'Lo leemos otra vez.' })
    await fx.decide(db, fx.coordinator, sent.id, 'reopen', { message: 'Lo leemos otra vez.' })
    expect((await board()).finished_at).toBeNull() // it lacks a decision again
  })

  test('a week before the day, desk and letter say how many lack one', async () => {
    await an.published(db)
    const at = async (days: number) => {
      const { rows } = await db.pool.query<{ at: string }>(
        `select to_json((answer_by - $2::int + time '12:00') at time zone 'America/Mexico_City') #>> '{}' as at
         from app.convocatorias where id = $1`,
        [fx.OPEN, days],
      )
      await fx.setClock(db, rows[0]!.at)
      const { rows: alerts } = await db.pool.query<{ item: { kind: string; count: number } }>(
        `select a.item from jsonb_array_elements(app.alerts_of($1, null)) a (item) where a.item ->> 'kind' = 'answers'`,
        [fx.OPEN],
      )
      return alerts.map(({ item }) => item.count)
    }
    expect(await at(8)).toEqual([])
    expect(await at(7)).toEqual([(await lacking()).length])
    const { rows } = await db.pool.query<{ line: string; day: string }>(
      `select app.alert_line(app.answers_alert(id)) as line, app.spanish_day(answer_by) as day
       from app.convocatorias where id = $1`,
      [fx.OPEN],
    )
    expect(rows[0]!.line).toMatch(/propuestas? no tiene|propuestas no tienen/u)
    expect(rows[0]!.line).toContain(`a más tardar el ${rows[0]!.day}.`)
  })
})

describe('two people at once', () => {
  test('the second one learns of the first, and nothing is lost', async () => {
    const sent = await an.published(db)
    const one = await an.finding(db, 'Uno')
    const two = await an.finding(db, 'Dos')
    const act = (finding: string) => an.sortOp(sent.id, 0, { ideas: [an.whole(finding)] })
    expect((await fx.applyOne(db, fx.moderator, act(one))).status).toBe('applied')
    const verdict = await fx.applyOne(db, other, act(two))
    expect(verdict).toMatchObject({ status: 'conflict', row: { version: 1, ideas: [{ finding_id: one }] } })
  })

  test('different proposals go to one finding without waiting for each other', async () => {
    const finding = await an.finding(db, 'Muchas')
    const all = [await an.published(db), await an.published(db), await an.published(db)]
    const verdicts = await Promise.all(
      all.map(({ id }, index) => an.group(db, index ? other : fx.moderator, id, finding)),
    )
    expect(verdicts).toEqual(['applied', 'applied', 'applied'])
    expect((await board()).findings.find(({ id }) => id === finding)?.count).toBe(3)
  })

  test('a finding with proposals is not removed, and an unknown one takes none', async () => {
    const sent = await an.published(db)
    const finding = await an.finding(db, 'Con propuestas')
    await an.group(db, fx.moderator, sent.id, finding)
    expect(await an.saveFinding(db, fx.moderator, finding, { title: 'x', removed: true })).toBe(
      'finding_in_use',
    )
    await an.group(db, fx.moderator, sent.id, null)
    expect(await an.saveFinding(db, fx.moderator, finding, { title: 'x', removed: true })).toBe('applied')
    expect(await an.group(db, fx.moderator, sent.id, finding)).toBe('finding_unknown finding_id')
  })
})

describe('twins and split', () => {
  test('a twin keeps its folio, has the answer of the other, and both are told', async () => {
    const { sent: first } = await an.answered(db, other)
    const twin = await an.published(db)
    expect(await an.sort(db, fx.moderator, twin.id, { twin_of: first.id, ideas: [] })).toBe('applied')
    await jobs()
    expect(await analysis(twin)).toMatchObject({ twin: true, answers: [{ outcome: 'partly' }] })
    expect(await analysis(first)).toMatchObject({ twin: true })
    for (const sent of [first, twin])
      expect((await row(sent)).messages.map(({ text }) => text)).toContainEqual(
        'Tu propuesta dice lo mismo que otra. Las dos conservan su folio y reciben la misma respuesta.',
      )
    expect((await row(twin)).folio).toBe(twin.row.folio)
  })

  test('a merge taken back at once is as if it had not been; later both are told', async () => {
    const [first, twin] = [await an.published(db), await an.published(db)]
    const merge = { twin_of: first.id, ideas: [] }
    const words = async () =>
      (await row(twin)).messages.filter(({ text }) => text?.startsWith('Tu propuesta')).length
    await an.sort(db, fx.moderator, twin.id, merge)
    await an.sort(db, fx.moderator, twin.id, { ideas: [] })
    expect(await words()).toBe(0)
    await an.sort(db, fx.moderator, twin.id, merge)
    expect(await words()).toBe(1)
    await an.sort(db, other, twin.id, { ideas: [] })
    expect(await words()).toBe(2)
  })

  test('no chain, no ring, no twin of another campaign, none of a split one', async () => {
    const [a, b, c] = [await an.published(db), await an.published(db), await an.published(db)]
    const twin = (id: string, of: string) => an.sort(db, fx.moderator, id, { twin_of: of, ideas: [] })
    expect(await twin(a.id, b.id)).toBe('applied')
    expect(await twin(b.id, a.id)).toBe('twin_invalid twin_of')
    expect(await twin(b.id, c.id)).toBe('twin_invalid twin_of')
    expect(await twin(c.id, a.id)).toBe('twin_invalid twin_of')
    expect(await twin(c.id, c.id)).toBe('twin_invalid twin_of')
    expect(await twin(c.id, randomUUID())).toBe('twin_invalid twin_of')
    expect(await an.sort(db, fx.moderator, c.id, { ideas: an.two(null, null) })).toBe('applied')
    expect(await twin(c.id, b.id)).toBe('twin_invalid twin_of')
  })

  test('a split proposal has an answer when each of its ideas has one', async () => {
    const { finding } = await an.answered(db, other)
    const sent = await an.published(db)
    const rest = await an.finding(db, 'La otra idea')
    expect(await an.sort(db, fx.moderator, sent.id, { ideas: an.two(finding, rest) })).toBe('applied')
    expect(await lacking()).toContain(sent.id)
    await an.publishAnswer(db, other, rest)
    expect(await lacking()).not.toContain(sent.id)
    expect((await analysis(sent))?.answers?.map(({ idea }) => idea)).toEqual(['Una idea', 'Otra idea'])
    expect(await an.sort(db, fx.moderator, sent.id, { ideas: [an.whole(finding)] })).toBe(
      'answer_standing finding_id',
    )
  })
})

describe('words of people', () => {
  test('a quote is words of its author, and is public only while they allow it', async () => {
    const { sent, finding } = await an.answered(db, other)
    const quote = 'Que las minutas se peguen'
    const withQuote = (text: string) => ({ ideas: [{ ...an.whole(finding), quote: text }] })
    expect(await an.sort(db, fx.moderator, sent.id, withQuote('Nunca lo dijo'))).toBe('quote_invalid quote')
    expect(await an.sort(db, fx.moderator, sent.id, withQuote(quote))).toBe('applied')
    const quotes = async () =>
      (await db.pool.query<{ q: unknown }>('select app.public_quotes($1) as q', [finding])).rows[0]!.q
    expect(await quotes()).toEqual([{ folio: sent.row.folio, quote }])
    await fx.applyOne(db, anon, fx.op('submission.withdraw', sent.id, {}, { secret: sent.secret }))
    expect(await quotes()).toEqual([])
    await db.pool.query('select app.erase_propuesta($1)', [sent.id])
    const { rows } = await db.pool.query(
      'select from app.ideas where submission_id = $1 and quote is not null',
      [sent.id],
    )
    expect(rows).toEqual([])
  })

  test('the history names folios and findings, never words of a proposal', async () => {
    const { rows } = await db.pool.query<{ line: string }>(
      'select to_jsonb(e)::text as line from app.finding_events e',
    )
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter(({ line }) => /Una idea|minutas/u.test(line))).toEqual([])
    const log = (await callAs(db, fx.auditor, 'list_log', { p_area: 'finding' })) as {
      items: { about: string }[]
    }
    expect(log.items.some(({ about }) => about.startsWith('PR-'))).toBe(true)
  })
})
