/** The results of a consultation: hidden small counts, editions with open data, what is held back, what leaves them again. */
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  CampaignResults,
  PropuestaPage,
  ResultFigures,
  ResultsDesk,
} from '@/features/propuestas/results'
import type { Page } from '@/domain/wire'
import { figuresOf, rowsIn } from '../../scripts/results/figures'
import { csvOf, linesOf } from '../../supabase/functions/open-data/format'
import type { EditionWork } from '../../supabase/functions/open-data/handler'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { answeredFinding, CLOSED, published, settle, take, writeEdition } from './resultFixtures'

/** The name that is planted wherever people and staff write. */
const NAME = 'Zoila Plantada'
const BODIES = {
  plain: 'Que las mesas sean en sábado, cerca de la plaza.',
  named: `Dice ${NAME} que las mesas sean en sábado.`,
  mail: 'Escríbanme a alguien@correo.mx para las mesas.',
  phone: 'Mi número es 55 1234 5678, llámenme por las mesas.',
  curp: 'Mi CURP es PAZZ800101MDFLRN09 y propongo mesas.',
  rfc: 'Mi RFC es PAZZ-800101-AB1 y propongo mesas.',
}

let db: TestDatabase
let finding: string
const folios: Record<string, string> = {}
const ids: Record<string, string> = {}
beforeAll(async () => {
  db = await createTestDatabase()
  const consents = ['political_opinions', 'publish'].map((key) => ({ key, granted: true }))
  for (const [key, body] of Object.entries(BODIES)) {
    const sent = await published(db, {
      body,
      consents,
      display_name: NAME,
      helps: key === 'plain' ? 'no' : 'yes',
    })
    ;[folios[key], ids[key]] = [sent.row.folio, sent.id]
  }
  await fx.submit(db, { body: 'Esta propuesta se recibió y nadie la ha leído.', part_id: null, helps: null })
  finding = await answeredFinding(db, 'Mesas en sábado', [ids['plain']!, ids['mail']!])
  await answeredFinding(db, `Lo que pide ${NAME}`, [ids['curp']!])
  await db.pool.query('update app.staff set name = $1 where user_id = $2', [NAME, fx.moderator.sub])
  await fx.setClock(db, CLOSED)
})
afterAll(() => db.drop())

const desk = () => callAs(db, fx.coordinator, 'results_desk', { p_id: fx.OPEN }) as Promise<ResultsDesk>
const publish = async () =>
  callAs(db, fx.coordinator, 'publish_results', {
    p_id: fx.OPEN,
    p_number: Math.max(0, ...(await desk()).editions.map(({ number }) => number)) + 1,
  })
const results = () =>
  callAs(db, anon, 'campaign_results', { p_convocatoria: fx.OPEN }) as Promise<CampaignResults | null>
const linesIn = (steps: EditionWork[]) =>
  steps.filter(({ work }) => work === 'page').map(({ head, rows }) => linesOf([...head!, ...rows!]))

test.each([
  [
    [0, 7, 12],
    [0, 7, 12],
  ],
  [
    [5, 6, 0],
    [5, 6, 0],
  ],
  [
    [0, 3, 9],
    [null, null, null],
  ],
  [
    [3, 10, 20],
    [null, null, 20],
  ],
  [
    [4, 4, 9],
    [null, null, 9],
  ],
  [
    [1, 1, 1],
    [null, null, null],
  ],
  [
    [2, 3, 5, 40],
    [null, null, 5, 40],
  ],
])('of the counts %j everybody reads %j', async (counts, shown) => {
  const { rows } = await db.pool.query<{ shown: (string | null)[] }>(
    'select app.protected_counts($1::bigint[]) as shown',
    [counts],
  )
  expect(rows[0]!.shown.map((one) => (one === null ? null : Number(one)))).toEqual(shown)
})

test('nothing is public before the edition is whole, and nobody publishes twice at once', async () => {
  expect(await results()).toBeNull()
  await publish()
  await expect(publish()).rejects.toThrow('conflict')
  const step = (await take(db))!
  expect(step.work).toBe('page')
  expect(await results()).toBeNull()
  await settle(db, step, [], 'put_failed (500)')
  expect(await take(db)).toBeNull() // a failed step waits a minute
  await db.pool.query('update app.result_editions set leased_until = null where number = 1')
  expect(await take(db)).toEqual(step)
  await db.pool.query('update app.result_editions set leased_until = null where number = 1')
})

test('the figures are computed again from the file, equal to the byte', async () => {
  const steps = await writeEdition(db)
  expect(steps.map(({ work }) => work)).toEqual(['page', 'closing'])
  const { edition } = (await results())!
  const rebuilt = figuresOf(rowsIn(linesIn(steps)))
  expect(canonicalize(rebuilt)).toBe(edition.figures)
  const figures = JSON.parse(edition.figures) as ResultFigures
  expect(figures.totals).toMatchObject({ recibidas: 7, publicadas: 6, opiniones: 6, retenidas: 5 })
  const action = figures.parts.find(({ received }) => received === 6)!
  expect(action.answers).toEqual({ si: null, en_parte: null, no: null }) // 5, 0 and 1
  expect(figures.findings).toContainEqual({ id: finding, outcome: 'se_acepta', proposals: 2, published: 2 })
})

test('a name that is planted in every text is nowhere in the open data, and a person looks at what was held', async () => {
  await db.pool.query('update app.result_editions set stale_at = null where number = 1')
  const { holds } = await desk()
  expect(Object.fromEntries(holds.map(({ folio, reasons }) => [folio, reasons]))).toEqual({
    [folios['named']!]: ['name'],
    [folios['mail']!]: ['email'],
    [folios['phone']!]: ['phone'],
    [folios['curp']!]: ['curp'],
    [folios['rfc']!]: ['rfc'],
  })
  await publish()
  const steps = await writeEdition(db)
  const whole = [
    ...linesIn(steps),
    ...steps.flatMap(({ rows, head }) => [csvOf('propuesta', rows ?? []), csvOf('hallazgo', head ?? [])]),
  ].join('\n')
  expect(whole).not.toMatch(/zoila|plantada|correo\.mx|1234|PAZZ/iu)
  expect(whole).toContain(BODIES.plain)
  expect(whole).toContain(folios['mail'])
})

test('a text that a person lets in is in the next edition, and one withdrawn leaves the open data by itself', async () => {
  await callAs(db, fx.moderator, 'settle_hold', { p_submission: ids['mail'], p_outcome: 'let_in' })
  await publish()
  expect(linesIn(await writeEdition(db)).join('')).toContain('alguien@correo.mx')
  await fx.decide(db, fx.coordinator, ids['plain']!, 'take_back', { message: 'Se publicó por error.' })
  await db.pool.query('select app.renew_editions()')
  const steps = await writeEdition(db)
  expect(linesIn(steps).join('')).not.toContain(BODIES.plain)
  expect(steps.map(({ work }) => work)).toContain('erase') // the files of the edition before
  const { editions } = await desk()
  expect(editions.map(({ state }) => state)).toEqual(['ready', 'gone', 'gone', 'gone'])
  await db.pool.query('select app.renew_editions()')
  expect(await take(db)).toBeNull()
})

test('a published propuesta has its page with its answer, and others have none', async () => {
  const page = (await callAs(db, anon, 'published_propuesta', { p_folio: folios['mail'] })) as PropuestaPage
  expect(page.item).toMatchObject({ body: BODIES.mail, folio: folios['mail'] })
  expect(page.findings).toMatchObject([{ id: finding, outcome: 'accepted', reasons: 'Porque se puede.' }])
  await expect(callAs(db, anon, 'published_propuesta', { p_folio: folios['plain'] })).rejects.toThrow(
    'submission_unknown',
  )
})

test('search finds words without accents, a seed orders fairly and page by page, and filters read only what is allowed', async () => {
  const find = async (rest: object) =>
    (await callAs(db, anon, 'find_propuestas', { p_convocatoria: fx.OPEN, ...rest })) as Page<{
      folio: string
    }>
  const found = async (rest: object) => (await find(rest)).items.map(({ folio }) => folio)
  expect(await found({ p_words: 'NUMERO llamenme' })).toEqual([folios['phone']])
  expect(await found({ p_words: '100%' })).toEqual([])
  expect(await found({ p_municipality: '15106' })).toHaveLength(5)
  expect(await found({ p_municipality: '15001' })).toEqual([])
  expect(await found({ p_sector: 'sociedad_civil' })).toHaveLength(5)
  expect(await found({ p_sector: 'academia' })).toEqual([])
  expect(await found({ p_order: 'answered' })).toHaveLength(2)
  expect(await found({ p_part: 'none' })).toEqual([])
  const [one, other] = [
    await found({ p_order: 'mixed', p_seed: 'a' }),
    await found({ p_order: 'mixed', p_seed: 'b' }),
  ]
  expect(await found({ p_order: 'mixed', p_seed: 'a' })).toEqual(one)
  expect([...one].sort()).toEqual([...other].sort())
  expect(one).not.toEqual(other)
  await db.pool.query("delete from app.kind_permissions where permission in ('municipality', 'sector')")
  expect(await found({ p_municipality: '15106' })).toEqual([]) // no consent opens it any more
  expect(await found({ p_sector: 'sociedad_civil' })).toEqual([])
})
