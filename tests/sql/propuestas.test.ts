/** The database's rules for a propuesta: limits, codes and fields of refusals, and deadlines. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PropuestaSubmission } from '@/domain/propuesta'
import { anon, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
let window: { opens_at: string; closes_at: string; received_until: string }
beforeAll(async () => {
  db = await createTestDatabase()
  const { rows } = await db.pool.query(
    `select to_json(opens_at) #>> '{}' as opens_at, to_json(closes_at) #>> '{}' as closes_at,
       to_json(app.received_until(c)) #>> '{}' as received_until from app.convocatorias c where id = $1`,
    [fx.OPEN],
  )
  window = rows[0]
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

/** `applied`, or the code and field of a refusal. */
async function send(change: Record<string, unknown>): Promise<string> {
  const payload = { ...(await fx.propuesta(db)), ...change } as PropuestaSubmission
  const verdict = await fx.applyOne(
    db,
    anon,
    fx.op('propuesta.submit', randomUUID(), payload, { secret: fx.newSecret() }),
  )
  return verdict.status === 'refused'
    ? [verdict.code, verdict.field].filter(Boolean).join(' ')
    : verdict.status
}

describe('the text of a propuesta', () => {
  test.each([
    ['no characters', '', 'body_too_short body'],
    ['19 letters', 'a'.repeat(19), 'body_too_short body'],
    ['20 letters', 'a'.repeat(20), 'applied'],
    ['20 letters after trimming', `  ${'a'.repeat(20)}\n`, 'applied'],
    ['19 letters surrounded by spaces', ` ${'a'.repeat(19)} `, 'body_too_short body'],
    ['spaces only', ' '.repeat(50), 'body_too_short body'],
    ['zero-width characters only', '\u200b'.repeat(50), 'body_too_short body'],
    [
      '19 letters and 9 zero-width characters',
      `${'a'.repeat(19)}${'\u200b'.repeat(9)}`,
      'body_too_short body',
    ],
    ['19 emoji', '🙂'.repeat(19), 'body_too_short body'],
    ['20 emoji', '🙂'.repeat(20), 'applied'],
    ['2,000 letters', 'a'.repeat(2000), 'applied'],
    ['2,001 letters', 'a'.repeat(2001), 'body_too_long body'],
    ['2,000 emoji', '🙂'.repeat(2000), 'applied'],
    ['2,001 emoji', '🙂'.repeat(2001), 'body_too_long body'],
    ['an escape character', `${'a'.repeat(30)}\u001b`, 'body_invalid body'],
    ['a bell', `${'a'.repeat(30)}\u0007`, 'body_invalid body'],
    ['HTML, stored as text', '<script>alert("hola")</script>', 'applied'],
    ['right-to-left text', 'שלום לכולם, זהו טקסט ארוך מספיק', 'applied'],
    ['line breaks', 'Primera línea.\n\nSegunda línea.', 'applied'],
  ])('the database judges a text of %s', async (_, body, expected) =>
    expect(await send({ body })).toBe(expected),
  )

  test('a NUL character refuses only its op, and the receipt keeps the verdict', async () => {
    const op = fx.op(
      'propuesta.submit',
      randomUUID(),
      await fx.propuesta(db, { body: `${'a'.repeat(30)}\u0000` }),
      { secret: fx.newSecret() },
    )
    const first = await fx.applyOne(db, anon, op)
    expect(first).toEqual({ op_id: op.op_id, status: 'refused', code: 'text_unstorable' })
    expect(await fx.applyOne(db, anon, op)).toEqual(first)
  })

  test('half a surrogate pair in the text is refused', async () => {
    expect(await send({ body: `${'a'.repeat(30)}\ud83d` })).toBe('text_unstorable')
  })

  test('an escaped backslash followed by u0000 is ordinary text', async () => {
    expect(await send({ body: 'La secuencia \\u0000 escrita con letras.' })).toBe('applied')
  })

  test('the stored text is trimmed and otherwise unchanged', async () => {
    const { row } = await fx.submit(db, { body: '  ¡Más árboles  y\tmenos ruido! 🙂\u200d🌳  ' })
    expect(row.content.body).toBe('¡Más árboles  y\tmenos ruido! 🙂\u200d🌳')
  })
})

describe('the target of a propuesta', () => {
  test.each([
    ['an action with its answer', { part_id: fx.ACTION, helps: 'partly' }, 'applied'],
    ['an action without an answer', { part_id: fx.ACTION, helps: null }, 'helps_required helps'],
    ['an action with an unknown answer', { part_id: fx.ACTION, helps: 'maybe' }, 'helps_required helps'],
    ['a paragraph', { part_id: fx.PARAGRAPH, helps: null }, 'applied'],
    ['a paragraph with an answer', { part_id: fx.PARAGRAPH, helps: 'no' }, 'helps_unexpected helps'],
    ['the missing topic', { part_id: null, helps: null }, 'applied'],
    ['the missing topic with an answer', { part_id: null, helps: 'yes' }, 'helps_unexpected helps'],
    ['an unknown part', { part_id: randomUUID(), helps: null }, 'part_unknown part_id'],
    ['a part that is not a UUID', { part_id: `1' or '1'='1`, helps: null }, 'part_unknown part_id'],
  ])('the database judges a propuesta on %s', async (_, change, expected) =>
    expect(await send(change)).toBe(expected),
  )
})

describe('the author of a propuesta', () => {
  test.each([
    ['no personal data', { display_name: null, sector: null, municipality: null, email: null }, 'applied'],
    ['an empty name', { display_name: '' }, 'name_required display_name'],
    ['a name of spaces', { display_name: '   ' }, 'name_required display_name'],
    ['a name of zero-width characters', { display_name: '\u200b\u200b' }, 'name_required display_name'],
    ['a name of 80 characters', { display_name: 'ñ'.repeat(80) }, 'applied'],
    ['a name of 81 characters', { display_name: 'ñ'.repeat(81) }, 'name_too_long display_name'],
    ['a name of two lines', { display_name: 'Ana\nPérez' }, 'name_invalid display_name'],
    ['an unknown sector', { sector: 'gobierno' }, 'sector_unknown sector'],
    ['a place outside the state', { municipality: 'fuera' }, 'applied'],
    ['the first municipality', { municipality: '15001' }, 'applied'],
    ['the last municipality', { municipality: '15125' }, 'applied'],
    ['a municipality of another state', { municipality: '09002' }, 'municipality_unknown municipality'],
    ['a municipality of no state', { municipality: '99999' }, 'municipality_unknown municipality'],
    ['an email address', { email: 'ana@correo.mx' }, 'applied'],
    ['an email address without a top-level domain', { email: 'ana@ejemplo' }, 'email_invalid email'],
    ['an invalid email address', { email: 'ana' }, 'email_invalid email'],
    ['an empty email address', { email: '' }, 'email_invalid email'],
  ])('the database judges a propuesta with %s', async (_, change, expected) =>
    expect(await send(change)).toBe(expected),
  )
})

describe('the notice of a propuesta', () => {
  const granted = { key: 'political_opinions', granted: true }
  test.each([
    ['only the required consent', { consents: [granted] }, 'applied'],
    ['the optional consent denied', { consents: [granted, { key: 'publish', granted: false }] }, 'applied'],
    ['no consents', { consents: [] }, 'consent_missing consents'],
    [
      'both consents denied',
      {
        consents: [
          { ...granted, granted: false },
          { key: 'publish', granted: false },
        ],
      },
      'consent_missing consents',
    ],
    [
      'the required consent denied',
      { consents: [{ ...granted, granted: false }] },
      'consent_missing consents',
    ],
    [
      'only the optional consent',
      { consents: [{ key: 'publish', granted: true }] },
      'consent_missing consents',
    ],
    [
      'an unknown consent',
      { consents: [granted, { key: 'spam', granted: true }] },
      'consent_missing consents',
    ],
    ['one consent twice', { consents: [granted, granted] }, 'consent_missing consents'],
    [
      'a consent that is neither true nor false',
      { consents: [{ key: 'political_opinions', granted: 'yes' }] },
      'malformed_op consents',
    ],
    ['another notice', { notice_id: '00000000-0000-4000-8000-0000000000a3' }, 'consent_missing consents'],
    [
      'another notice without consents',
      { notice_id: '00000000-0000-4000-8000-0000000000a3', consents: [] },
      'notice_outdated notice',
    ],
    ['an unknown notice', { notice_id: randomUUID() }, 'notice_outdated notice'],
    ['an outdated hash', { notice_hash: '0'.repeat(64) }, 'notice_outdated notice'],
    ['an invalid instant of consent', { consented_at: 'ayer' }, 'malformed_op consented_at'],
    ['an empty locale', { locale: '' }, 'malformed_op locale'],
  ])('the database judges a propuesta with %s', async (_, change, expected) =>
    expect(await send(change)).toBe(expected),
  )

  test('each consent is stored with version, hash, locale and both instants', async () => {
    const consented_at = window.opens_at
    const { id } = await fx.submit(db, {
      consented_at,
      consents: [granted, { key: 'publish', granted: false }],
    })
    const { rows } = await db.pool.query('select * from app.consents where submission_id = $1 order by key', [
      id,
    ])
    expect(rows.map(({ key, granted }) => [key, granted])).toEqual([
      ['political_opinions', true],
      ['publish', false],
    ])
    expect(rows[0]).toMatchObject({
      notice_id: fx.NOTICE,
      locale: 'es-MX',
      consented_at: new Date(consented_at),
    })
    expect(rows[0].notice_hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['before there was anything to consent to', '1970-01-01T00:00:00Z'],
    ['in the future', '2199-01-01T00:00:00Z'],
  ])('a consent and a submission %s are received at the instant of the server', async (_, claim) => {
    const op = fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db, { consented_at: claim }), {
      secret: fx.newSecret(),
      captured_at: claim,
    })
    expect(await fx.applyOne(db, anon, op)).toMatchObject({ status: 'applied' })
    const { rows } = await db.pool.query(
      `select s.captured_at = s.received_at as captured, c.consented_at = s.received_at as consented
       from app.submissions s join app.consents c on c.submission_id = s.id where s.id = $1`,
      [op.entity_id],
    )
    expect(rows[0]).toEqual({ captured: true, consented: true })
  })

  test('a notice cannot be rewritten, and the database computes its hash', async () => {
    await expect(db.pool.query(`update app.notices set title = 'x'`)).rejects.toThrow('append-only')
    await expect(db.pool.query('delete from app.notices')).rejects.toThrow('append-only')
    const { rows } = await db.pool.query(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       values (1, 'Otro', '[]', '[]', '[]', '2026-01-01', 'mine') returning hash`,
    )
    expect(rows[0].hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a changed notice of the campaign refuses consents to the old one', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       select 2, title, simplified, full_form, consents, published_on, '' from app.notices where id = $1 returning id`,
      [fx.NOTICE],
    )
    await db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [fx.OPEN, rows[0]!.id])
    expect(await send({})).toBe('notice_outdated notice')
    await db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [fx.OPEN, fx.NOTICE])
  })
})

describe('the deadlines of a propuesta', () => {
  const at = (from: keyof typeof window, interval: string) => fx.shift(db, window[from], interval)
  test.each([
    ['a microsecond before the opening', 'opens_at', '-1 microsecond', 'convocatoria_not_open'],
    ['at the opening', 'opens_at', '0', 'on time'],
    ['a microsecond before the close', 'closes_at', '-1 microsecond', 'on time'],
    ['at the close', 'closes_at', '0', 'late'],
    ['a microsecond before the end of the grace period', 'received_until', '-1 microsecond', 'late'],
    ['at the end of the grace period', 'received_until', '0', 'convocatoria_closed'],
    ['a microsecond after the grace period', 'received_until', '1 microsecond', 'convocatoria_closed'],
  ] as const)('the server decides a propuesta received %s', async (_, from, interval, expected) => {
    await fx.setClock(db, await at(from, interval))
    const id = randomUUID()
    const verdict = await fx.applyOne(
      db,
      anon,
      fx.op('propuesta.submit', id, await fx.propuesta(db), { secret: fx.newSecret() }),
    )
    const word =
      verdict.status === 'applied' ? ((verdict.row as { late: boolean }).late ? 'late' : 'on time') : verdict
    expect(word).toEqual(
      expected.startsWith('convocatoria') ? expect.objectContaining({ code: expected }) : expected,
    )
  })

  test('the phone’s clock does not affect the deadline', async () => {
    const op = fx.op('propuesta.submit', randomUUID(), await fx.propuesta(db), {
      secret: fx.newSecret(),
      captured_at: '2031-01-01T00:00:00Z',
    })
    expect(await fx.applyOne(db, anon, op)).toMatchObject({ status: 'applied', row: { late: false } })
  })

  test.each([
    ['an unknown campaign', randomUUID(), 'convocatoria_unknown convocatoria_id'],
    ['a campaign of another kind', fx.COMING, 'convocatoria_unknown convocatoria_id'],
    ['a historic campaign', fx.HISTORIC, 'convocatoria_closed'],
  ])('a propuesta for %s is refused', async (_, convocatoria_id, expected) =>
    expect(await send({ convocatoria_id })).toBe(expected),
  )

  test('a propuesta for an unpublished campaign is refused as unknown', async () => {
    await db.pool.query('update app.convocatorias set published = false where id = $1', [fx.OPEN])
    expect(await send({})).toBe('convocatoria_unknown convocatoria_id')
    await db.pool.query('update app.convocatorias set published = true where id = $1', [fx.OPEN])
  })
})

test('a refusal names the first broken rule', async () => {
  expect(await send({ body: '', part_id: randomUUID(), display_name: '', consents: [] })).toBe(
    'body_too_short body',
  )
  expect(await send({ convocatoria_id: fx.HISTORIC, body: '' })).toBe('convocatoria_closed')
  expect(await send({ display_name: '', sector: 'x', municipality: 'x', email: 'x' })).toBe(
    'name_required display_name',
  )
})

test.each([
  ['body', 7],
  ['body', null],
  ['display_name', ['Ana']],
  ['email', {}],
  ['municipality', 15001],
  ['convocatoria_id', 1],
  ['consents', 'all'],
])('a propuesta is malformed if its %s has the wrong type', async (field, value) => {
  expect(await send({ [field]: value })).toBe(`malformed_op ${field}`)
})

test('content, contact data and secrets are stored apart, and only the hash of a secret is stored', async () => {
  const { id, secret } = await fx.submit(db, { display_name: 'Ana Pérez', email: 'ana@correo.mx' })
  const { rows } = await db.pool.query(
    `select to_jsonb(s) || to_jsonb(p) as content, to_jsonb(c) as contact, a.secret_hash from app.submissions s
     join app.propuestas p on p.submission_id = s.id join app.contacts c on c.submission_id = s.id
     join app.access_secrets a on a.submission_id = s.id where s.id = $1`,
    [id],
  )
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows[0].content)).not.toMatch(/Ana|correo\.mx/)
  expect(rows[0].contact).toMatchObject({ display_name: 'Ana Pérez', email: 'ana@correo.mx' })
  expect(rows[0].secret_hash).not.toContain(secret)
})

test('neither the change log nor the receipts contain the author’s words', async () => {
  const { id } = await fx.submit(db, {
    display_name: 'Zenaida Única',
    email: 'zenaida@correo.mx',
    body: 'Palabra irrepetible xilofonista.',
  })
  const { rows } = await db.pool.query(
    `select string_agg(x, ' ') as all_text from (select to_jsonb(l)::text as x from app.change_log l
     union all select to_jsonb(r)::text from app.op_receipts r) t`,
  )
  expect(rows[0].all_text).toContain(id)
  expect(rows[0].all_text).not.toMatch(/Zenaida|zenaida|xilofonista/)
})
