/** The survey after a day: who may answer, what is counted, that nothing joins answers and people, and what staff read. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answers, SurveyResults } from '@/features/jornadas/surveyWire'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import { constanciasOf } from './constanciaFixtures'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

const QUESTIONS = [
  { id: 'util', kind: 'scale', text: '¿Qué tan útil fue?', options: [] },
  { id: 'aviso', kind: 'choice', text: '¿Cómo se enteró?', options: ['Oficio', 'Correo'] },
  { id: 'mejora', kind: 'text', text: '¿Qué mejoraría?', options: [] },
]

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query('insert into app.surveys values ($1, $2)', [jx.JORNADAS, JSON.stringify(QUESTIONS)])
})
const { beginDay, attend, later } = constanciasOf(() => db)
beforeEach(async () => {
  await jx.clear(db)
  await db.pool.query('delete from app.survey_results')
  await db.pool.query('delete from app.op_receipts')
  await fx.setClock(db, null)
  await beginDay(jx.DAY, '1 hour')
  await beginDay(jx.NEXT_DAY, '2 hours')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

/** People who came to both days, which are over. */
async function attendees(count: number): Promise<jx.Registered[]> {
  const people: jx.Registered[] = []
  for (let one = 0; one < count; one++)
    people.push(await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] }))
  for (const one of people) await attend(one, [jx.DAY, jx.NEXT_DAY])
  return people
}
const opOf = (one: jx.Registered, unlinked: Answers, jornada_id = jx.DAY, secret = one.secret) =>
  fx.op('survey.answer', one.id, { jornada_id, unlinked }, { secret })
const answer = async (one: jx.Registered, unlinked: Answers, jornada_id = jx.DAY) =>
  jx.word(await fx.applyOne(db, anon, opOf(one, unlinked, jornada_id)))
const resultsOf = async (day = jx.DAY) => {
  const all = (await callAs(db, fx.auditor, 'survey_results', {
    p_convocatoria: jx.JORNADAS,
  })) as SurveyResults
  return all.days.find(({ id }) => id === day)?.results
}
const scalar = async <T>(sql: string, ...values: unknown[]): Promise<T> =>
  Object.values((await db.pool.query<Record<string, T>>(sql, values)).rows[0]!)[0]!

describe('who answers', () => {
  test('whoever came, from the end of the day on and for 30 days, with their own secret', async () => {
    const [one, other] = await attendees(2)
    await later('-5 hours')
    expect(await answer(one!, { util: 5 })).toBe('survey_not_open')
    await later('5 hours')
    expect(jx.word(await fx.applyOne(db, anon, opOf(one!, { util: 5 }, jx.DAY, fx.newSecret())))).toBe(
      'submission_unknown',
    )
    expect(await answer(one!, { util: 5 })).toBe('applied')
    await later('31 days')
    expect(await answer(other!, { util: 5 })).toBe('survey_not_open')
  })

  test('nobody who did not come, and nobody where the campaign asks nothing', async () => {
    const absent = await jx.register(db, { jornada_ids: [jx.DAY] })
    const [one] = await attendees(1)
    expect(await answer(absent, { util: 5 })).toBe('survey_not_open')
    await db.pool.query('update app.surveys set convocatoria_id = $1', [fx.OPEN])
    expect(await answer(one!, { util: 5 })).toBe('survey_not_open')
    await db.pool.query('update app.surveys set convocatoria_id = $1', [jx.JORNADAS])
  })

  test('once for each day: a repeated op and a second one count nothing, and the phone learns that it answered', async () => {
    const [one] = await attendees(1)
    const op = opOf(one!, { util: 4, aviso: 1 })
    for (const again of [op, op, opOf(one!, { util: 1 })])
      expect((await fx.applyOne(db, anon, again)).status).toBe('applied')
    expect(await scalar('select counts from app.survey_results')).toEqual({ 'util:4': 1, 'aviso:1': 1 })
    const { seats } = await jx.contentOf(db, one!)
    expect(seats.map(({ surveyed }) => surveyed)).toEqual([true, undefined])
    const staff = (await callAs(db, fx.coordinator, 'review_item', { p_id: one!.id })) as {
      content: { seats: object[] }
    }
    expect(staff.content.seats.some((seat) => 'surveyed' in seat)).toBe(false)
  })

  test.each<[string, Answers, string]>([
    ['above the scale', { util: 6 }, 'malformed_op answers'],
    ['below the scale', { util: 0 }, 'malformed_op answers'],
    ['of no option', { aviso: 2 }, 'malformed_op answers'],
    ['of another type', { util: 'mucho' }, 'malformed_op answers'],
    ['with a number for words', { mejora: 3 }, 'malformed_op mejora'],
    ['with too many words', { mejora: 'a'.repeat(501) }, 'text_too_long answers'],
    ['to a question of before', { otra: 3 }, 'answers_required answers'],
    ['without anything', { mejora: ' ' }, 'answers_required answers'],
  ])('an answer %s is refused', async (_, unlinked, code) => {
    const [one] = await attendees(1)
    expect(await answer(one!, unlinked)).toBe(code)
    expect(await scalar('select count(*)::int from app.survey_marks')).toBe(0)
  })
})

describe('anonymous by construction', () => {
  const GIVEN: Answers[] = [
    { util: 5, mejora: 'zapato' },
    { util: 1, aviso: 0 },
    { util: 5, aviso: 1, mejora: 'arbol' },
    { aviso: 1 },
    { util: 3, mejora: 'miel' },
    { util: 2, aviso: 0 },
  ]

  test('the row of a day is the same whoever answered first, and the system’s columns tell one person at most', async () => {
    const people = await attendees(6)
    for (const at of [0, 1, 2, 3, 4, 5]) {
      expect(await answer(people[at]!, GIVEN[at]!)).toBe('applied')
      expect(await answer(people[5 - at]!, GIVEN[5 - at]!, jx.NEXT_DAY)).toBe('applied')
    }
    const { rows } = await db.pool.query('select answered, counts, texts from app.survey_results')
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual(rows[1])
    expect(rows[0]).toMatchObject({ answered: 6, texts: ['arbol', 'miel', 'zapato'] })
    const shared = await scalar(
      `select count(*)::int from app.survey_marks m join app.survey_results r on r.xmin = m.xmin`,
    )
    expect(shared).toBe(2) // the last one of each day, whose answers no row holds alone
  })

  test('the results name nobody: a day, numbers and words, without a key to people or a time', async () => {
    const { rows } = await db.pool.query<{ name: string }>(
      `select attname || ' ' || atttypid::regtype as name from pg_attribute
       where attrelid = 'app.survey_results'::regclass and attnum > 0 order by attnum`,
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'jornada_id uuid',
      'answered integer',
      'counts jsonb',
      'texts text[]',
      'shown_answered integer',
      'shown_counts jsonb',
      'shown_texts text[]',
    ])
    const { rows: keys } = await db.pool.query<{ to: string }>(
      `select confrelid::regclass::text as to from pg_constraint
       where contype = 'f' and (conrelid = 'app.survey_results'::regclass or confrelid = 'app.survey_results'::regclass)`,
    )
    expect(keys).toEqual([{ to: 'app.jornadas' }])
    const { rows: marks } = await db.pool.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = 'app.survey_marks'::regclass and attnum > 0`,
    )
    expect(marks.map(({ name }) => name)).toEqual(['submission_id', 'jornada_id'])
  })

  test('no other table keeps an answer, and a receipt is the same whatever was answered', async () => {
    const [one] = await attendees(1)
    const op = opOf(one!, { util: 2, mejora: 'cacahuate' })
    await fx.applyOne(db, anon, op)
    const { rows: tables } = await db.pool.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('app', 'public', 'storage', 'auth')`,
    )
    const holding: string[] = []
    for (const { name } of tables)
      if (await scalar<boolean>(`select exists (select from ${name} t where t::text like '%cacahuate%')`))
        holding.push(name)
    expect(holding).toEqual(['app.survey_results'])
    const hashOf = (unlinked: object) =>
      scalar<string>('select app.op_hash($1)', {
        ...op,
        payload: { jornada_id: jx.DAY, unlinked },
      })
    expect(await scalar('select payload_hash from app.op_receipts where op_id = $1', op.op_id)).toBe(
      await hashOf({ util: 5 }),
    )
  })
})

describe('what staff read', () => {
  test('nothing below five answers, then by steps of five, and all of it once the survey is closed', async () => {
    const people = await attendees(7)
    const counts: unknown[] = []
    for (const one of people) {
      await answer(one, { util: 4, mejora: 'x' })
      counts.push((await resultsOf())?.answered ?? null)
    }
    expect(counts).toEqual([null, null, null, null, 5, 5, 5])
    expect((await resultsOf())!.texts).toHaveLength(5)
    await later('31 days')
    expect(await resultsOf()).toEqual({ answered: 7, counts: { 'util:4': 7 }, texts: Array(7).fill('x') })
    expect(await resultsOf(jx.NEXT_DAY)).toBeNull()
  })

  test('below five it stays so when the survey is closed', async () => {
    for (const one of await attendees(4)) await answer(one, { util: 4 })
    await later('31 days')
    expect(await resultsOf()).toBeNull()
  })

  test('one text with personal data is taken away alone, by who may, and the log says who and not what', async () => {
    const remove = (p_text: string, actor = fx.coordinator) =>
      callAs(db, actor, 'remove_survey_text', { p_jornada: jx.DAY, p_text })
    const people = await attendees(6)
    for (const [place, one] of people.entries()) await answer(one, { util: 4, mejora: `Texto ${place}` })
    expect(await fx.outcome(remove('Texto 1', fx.auditor))).toBe('PT403 not_allowed')
    expect(await remove('Texto 5'), 'not shown yet').toEqual({ removed: 0 })
    expect(await remove('Texto 1')).toEqual({ removed: 1 })
    expect(await remove('Texto 1')).toEqual({ removed: 0 })
    expect(await resultsOf()).toMatchObject({
      answered: 5,
      texts: ['Texto 0', 'Texto 2', 'Texto 3', 'Texto 4', null],
    })
    await later('31 days')
    expect((await resultsOf())!.texts).toEqual(['Texto 0', 'Texto 2', 'Texto 3', 'Texto 4', 'Texto 5', null])
    const event = await scalar<object>(
      `select to_jsonb(e) from app.convocatoria_events e where kind = 'text_removed' and convocatoria_id = $1`,
      jx.JORNADAS,
    )
    expect(event).toMatchObject({ actor_id: fx.coordinator.sub, changes: {}, reason: null })
  })

  test('free texts go with the attendance of their day, with a receipt; the numbers stay', async () => {
    const [one] = await attendees(1)
    await answer(one!, { util: 4, mejora: 'x' })
    await db.pool.query('update app.survey_results set texts = array_append(texts, null) where answered > 0') // taken away
    expect(await scalar('select app.forget_survey_texts()')).toBe(0)
    await later('24 months')
    await later('2 days')
    expect(await scalar('select app.forget_survey_texts()')).toBe(1)
    expect(await scalar(`select counts from app.survey_results where texts = '{}'`)).toEqual({ 'util:4': 1 })
    expect(await scalar(`select deleted from app.deletion_receipts where rule = 'surveys'`)).toBe(1)
  })
})

describe('the questions', () => {
  const problems = async (questions: object[]) =>
    scalar<{ field: string; code: string }[]>(
      `select coalesce(jsonb_agg(jsonb_build_array(p.field, p.code)), '[]') from unnest(app.check_survey($1, $2)) p`,
      jx.JORNADAS,
      JSON.stringify({ questions }),
    )
  const question = (change: object) => ({ id: 'a', kind: 'scale', text: 'x', options: [], ...change })

  test.each([
    ['none', [], []],
    ['the suggested kinds', QUESTIONS, []],
    ['two', QUESTIONS.slice(0, 2), [['questions', 'questions_too_few']]],
    ['two free texts', [...QUESTIONS, question({ kind: 'text' })], [['questions', 'one_free_text']]],
    ['one without words', [...QUESTIONS, question({ text: ' ' })], [['question-a', 'text_required']]],
    [
      'a choice of one',
      [...QUESTIONS, question({ kind: 'choice', options: ['a'] })],
      [['question-a-options', 'options_required']],
    ],
    ['one id twice', [...QUESTIONS, question({ id: 'util' })], [['questions', 'malformed_op']]],
    ['an unknown kind', [...QUESTIONS, question({ kind: 'file' })], [['questions', 'malformed_op']]],
    [
      'seven',
      Array.from({ length: 7 }, (_, at) => question({ id: `q${at}` })),
      [['questions', 'list_too_long']],
    ],
  ])('%s', async (_, questions, found) => expect(await problems(questions)).toEqual(found))

  test('stay as they are once somebody answered', async () => {
    const [one] = await attendees(1)
    await answer(one!, { util: 4 })
    expect(await problems(QUESTIONS)).toEqual([])
    expect(await problems([...QUESTIONS, question({})])).toEqual([['questions', 'survey_fixed']])
  })

  test('everybody reads them with the campaign', async () => {
    const details = await scalar<{ survey: object }>('select app.jornada_details($1)', jx.JORNADAS)
    expect(details.survey).toEqual({ questions: QUESTIONS })
  })
})
