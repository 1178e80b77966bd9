/** The search of the queue finds what staff mean, and what it knows goes with the submission. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueuePage } from '@/domain/staffRows'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import { type LabelledQuery, QUERIES, TEXTS } from '../support/searchCorpus'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
const keys = new Map<string, string>()
const folios = new Map<string, string>()
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(`select setval('app.folio_numbers', 1000)`) // numbers of three digits or more
  for (const { key, body, name, municipality, sector } of TEXTS) {
    const change = {
      body,
      display_name: name ?? null,
      municipality: municipality ?? null,
      sector: (sector ?? null) as 'academia' | null,
    }
    const { id, row } = await fx.submit(db, change)
    keys.set(id, key)
    folios.set(key, row.folio)
  }
  await callAs(db, service, 'run_due_jobs')
})
afterAll(() => db.drop())

const page = (p_search: string, rest = {}) =>
  callAs(db, fx.moderator, 'review_queue', {
    p_convocatoria: fx.OPEN,
    p_search,
    ...rest,
  }) as Promise<QueuePage>
const find = async (typed: string) => (await page(typed)).items.map(({ id, folio }) => keys.get(id) ?? folio)

/** Recall: the share of the meant texts among the first ten. Precision: the share of meant ones of the first five. */
async function measure({ typed, means }: LabelledQuery) {
  const found = await find(typed)
  const share = (of: string[], among: string[]) =>
    of.length === 0 ? 0 : of.filter((one) => among.includes(one)).length / of.length
  return {
    typed,
    found,
    recall: share(means, found.slice(0, 10)),
    precision: share(found.slice(0, 5), means),
  }
}
const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

describe('sixty labelled queries', () => {
  test('ten results hold 95 % of what is meant, and of five results 80 % are meant', async () => {
    const queries = Object.values(QUERIES).flat()
    expect(queries).toHaveLength(60)
    const measured = []
    for (const query of queries) measured.push(await measure(query))
    const missed = measured.filter(({ recall, precision }) => recall < 1 || precision < 1)
    expect(mean(measured.map(({ recall }) => recall)), JSON.stringify(missed)).toBeGreaterThanOrEqual(0.95)
    expect(mean(measured.map(({ precision }) => precision))).toBeGreaterThanOrEqual(0.8)
  })
})

describe('folios', () => {
  test('a folio is found whole, in any case, without its prefix and by its number', async () => {
    const folio = folios.get('agua')!
    const [, , number] = folio.split('-')
    for (const typed of [folio, folio.toLowerCase(), folio.slice(3), number!, String(Number(number))]) {
      expect((await find(typed))[0]).toBe('agua')
    }
  })
})

describe('names', () => {
  test.each([
    ['davila', "Luis D'Avila Kutz"],
    ['dávila', 'Teresa de Ávila Kutz'],
    ["d'avila", 'María Dávila Kutz'],
    ['d’ávila kutz', 'María Dávila Kutz'],
    ['ohiggins', "Bernardo O'Higgins"],
    ["o'higgins", 'Bernardo Ohiggins'],
    ['macgregor', 'Ana Mac Gregor'],
  ])('«%s» finds what «%s» wrote', async (typed, display_name) => {
    const { id } = await fx.submit(db, { body: 'Un texto sin nada más que decir.', display_name })
    expect((await page(typed)).items.map((item) => item.id)).toContain(id)
  })

  test('a registration is found by the acronym, the town and shortened words of its body', async () => {
    const names = [
      'Instituto de Seguridad y Servicios Sociales de los Trabajadores del Estado de Zacatecas',
      'Ayuntamiento de Tlalnepantla de Baz, Segundo',
    ]
    await jx.setDay(db, jx.DAY, 100)
    const ids: string[] = []
    for (const name of names) {
      const { rows } = await db.pool.query<{ id: string }>(
        `insert into app.sujetos_obligados (name, acronym, class_key, municipality)
         values ($1, 'KWZ', 'poder_ejecutivo', '15106') returning id`,
        [name],
      )
      ids.push((await jx.register(db, { body_id: rows[0]!.id })).id)
    }
    const find = async (typed: string) =>
      (
        await db.pool.query<{ id: string }>('select unnest(app.few_matches(app.search_query($1))) as id', [
          typed,
        ])
      ).rows.map(({ id }) => ids.indexOf(id))
    expect(await find('issstezac')).toEqual([0])
    expect(await find('ayto. tlalne')).toEqual([1])
    expect(await find('Sria. tlalne')).toEqual([])
    expect((await find('kwz toluca')).toSorted()).toEqual([0, 1])
  })
})

describe('what a search does not do', () => {
  test.each(['', '  '])('an empty search «%s» narrows nothing', async (typed) => {
    expect((await page(typed)).items).toHaveLength(30)
  })

  test.each(['zz', 'de', '%', "'", '":*', '\\', '&|!', 'zzzzqwk', 'para los', '¿?'])(
    'a search without a known word of three letters, «%s», finds nothing',
    async (typed) => {
      expect(await find(typed)).toEqual([])
    },
  )
})

describe('pages', () => {
  test('a search of more than 30 comes in pages, ranked, each submission once', async () => {
    for (let n = 0; n < 35; n++)
      await fx.submit(db, { body: `Una misma frase repetida sobre el ajolote, ${n}.` })
    const first = await page('ajolote')
    expect(first.items).toHaveLength(30)
    const second = await page('ajolote', { p_after: first.next })
    expect(second).toMatchObject({ next: null })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(35)
  })

  test('of words that very many submissions hold, a search ranks matches of the newest and says so', async () => {
    await db.pool.query(`alter table app.submissions disable trigger user`)
    await db.pool.query(
      `insert into app.submissions (id, convocatoria_id, kind, folio, captured_at, late, received_at)
       select gen_random_uuid(), $1, 'propuestas', 'PR-2026-' || 7000000 + n || '-0', now(), false,
         now() + n * interval '1 second' from generate_series(1, 3000) n`,
      [fx.OPEN],
    )
    await db.pool.query(
      `insert into app.submission_search (submission_id, arrival, words)
       select id, app.arrival_of(folio), app.search_document(to_tsvector('simple', 'tepezcuintle'), '', '', folio)
       from app.submissions where folio like 'PR-2026-700%'`,
    )
    await db.pool.query(`alter table app.submissions enable trigger user`)
    await db.pool.query(`analyze app.submission_search`)
    const read: string[] = []
    let next: string | null = null
    do {
      const found: QueuePage = await page('tepezcuintle', { p_after: next })
      expect(found.newest_only).toBe(true)
      read.push(...found.items.map(({ folio }) => folio))
      next = found.next
    } while (next)
    expect(read.length).toBeGreaterThanOrEqual(200)
    const newest = Array.from({ length: read.length }, (_, n) => `PR-2026-${7003000 - n}-0`)
    expect(read).toEqual(newest.reverse()) // all alike, so the older ones come first
    expect(await page('tepezcuintle ajolote')).toMatchObject({ items: [], next: null })
    expect(await page('ajolote')).not.toHaveProperty('newest_only')
  })

  test('of a state with few submissions a search finds all, however many others have its words', async () => {
    const { rows } = await db.pool.query<{ folio: string }>(
      `select folio from app.submissions where folio like 'PR-2026-70000%' order by folio limit 3`,
    )
    const oldest = rows.map(({ folio }) => folio)
    await db.pool.query(`update app.submissions set state = 'accepted' where folio = any ($1)`, [oldest])
    const found = await page('tepezcuintle', { p_states: '{accepted}' })
    expect(found.items.map(({ folio }) => folio)).toEqual(oldest)
    expect(found).not.toHaveProperty('newest_only')
  })
})

describe('what is kept', () => {
  const words = async (word: string) =>
    (await db.pool.query('select from app.search_words where word = $1', [word])).rowCount

  test('a deleted submission leaves no row, and its words are forgotten unless another one holds them', async () => {
    const rows = async (id: string) =>
      (await db.pool.query('select from app.submission_search where submission_id = $1', [id])).rowCount
    const { id } = await fx.submit(db, { body: 'Un zopilote vigila la biblioteca del pueblo.' })
    await callAs(db, service, 'run_due_jobs')
    expect([await rows(id), await words('zopilot'), await words('bibliotec')]).toEqual([1, 1, 1])
    await db.pool.query('alter table app.review_events disable trigger user')
    await db.pool.query('delete from app.review_events where submission_id = $1', [id])
    await db.pool.query('alter table app.review_events enable trigger user')
    await db.pool.query('delete from app.submissions where id = $1', [id])
    await db.pool.query(`update app.search_words set checked_at = checked_at - interval '2 days'`)
    await callAs(db, service, 'run_due_jobs')
    expect([await rows(id), await words('zopilot'), await words('bibliotec')]).toEqual([0, 0, 1])
  })

  test('a withdrawal that has become final is found by its folio and no longer by its words', async () => {
    const { id, secret, row } = await fx.submit(db, { body: 'Que el cenzontle cante en la plaza.' })
    await fx.applyOne(db, anon, fx.op('submission.withdraw', id, {}, { secret }))
    const found = async (typed: string) => (await page(typed)).items.map((item) => item.id)
    expect(await found('cenzontle')).toEqual([id])
    await db.pool.query(
      `update app.submissions set withdrawn_at = now() - interval '25 hours' where id = $1`,
      [id],
    )
    await callAs(db, service, 'run_due_jobs')
    expect(await found('cenzontle')).toEqual([])
    expect(await found(row.folio)).toEqual([id])
  })

  test('a shown name is not among the words that correct others', async () => {
    await fx.submit(db, { body: 'Un texto sin nada más que decir.', display_name: 'Xochiquetzal' })
    await callAs(db, service, 'run_due_jobs')
    expect(await find('Xochiquetzal')).toHaveLength(1)
    expect(await words('xochiquetzal')).toBe(0)
  })

  test('a correction is found by its new words only', async () => {
    const { id, secret } = await fx.submit(db, { body: 'Que el jaguar sea la mascota de la jornada.' })
    await fx.decide(db, fx.moderator, id, 'request_correction', { message: 'Falta decir dónde.' })
    const payload = { part_id: fx.ACTION, helps: 'yes', body: 'Que el venado sea la mascota de la jornada.' }
    const { rows } = await db.pool.query('select version from app.submissions where id = $1', [id])
    const op = fx.op('propuesta.correct', id, payload, { secret, expected_version: rows[0].version })
    expect(await fx.applyOne(db, anon, op)).toMatchObject({ status: 'applied' })
    expect(await find('jaguar')).toEqual([])
    expect(await find('venado')).toHaveLength(1)
  })

  test('a decision writes the row of its words no more than it writes their index', async () => {
    const { id } = await fx.submit(db, { body: 'Que el quetzal adorne la constancia.' })
    const place = async () => {
      const { rows } = await db.pool.query<{ place: string }>(
        'select ctid || xmin::text as place from app.submission_search where submission_id = $1',
        [id],
      )
      return rows[0]?.place
    }
    const before = await place()
    await fx.decide(db, fx.moderator, id, 'accept')
    await fx.decide(db, fx.moderator, id, 'publish')
    expect(before).toEqual(expect.any(String))
    expect(await place()).toBe(before)
  })
})
