/** The acta of a mesa: who may comment until when, what a person decides first, and what closing freezes. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActaDesk, OwnComment, PublicActa } from '@/features/propuestas/acta'
import { CONSENT } from '@/features/propuestas/mesa/consent'
import type { CampaignMesa } from '@/features/propuestas/mesa'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let author: fx.Sent
let attendee: jx.Registered
let absent: jx.Registered
let hash: string
const UNTIL = '2026-12-10'
beforeAll(async () => {
  db = await createTestDatabase()
  await fx.setClock(db, '2026-12-01T18:00:00Z')
  await db.pool.query(
    `update app.convocatorias set opens_at = '2026-11-01T06:00:00Z', closes_at = '2026-12-20T06:00:00Z',
       answer_by = '2027-01-08' where id = any ($1)`,
    [[fx.OPEN, jx.JORNADAS]],
  )
  await jx.setDay(db, jx.DAY, 20)
  author = await fx.submit(db)
  attendee = await jx.register(db)
  absent = await jx.register(db)
  await db.pool.query(
    `update app.seats set status = 'attended', checked_in_at = app.now() where submission_id = $1`,
    [attendee.id],
  )
  hash = (await db.pool.query<{ hash: string }>('select hash from app.notices where id = $1', [fx.NOTICE]))
    .rows[0]!.hash
})
afterAll(() => db.drop())

const desk = (actor = fx.coordinator) =>
  callAs(db, actor, 'acta_desk', { p_id: fx.OPEN }) as Promise<ActaDesk>
const act = async (fn: 'save_acta' | 'open_acta' | 'close_acta', rest: object = {}, actor = fx.coordinator) =>
  callAs(db, actor, fn, { p_id: fx.OPEN, p_version: (await desk()).version, ...rest }) as Promise<ActaDesk>
const read = async (): Promise<PublicActa | null> =>
  ((await callAs(db, anon, 'campaign_mesa', { p_convocatoria: fx.OPEN })) as CampaignMesa | null)?.acta ??
  null
const publishMesa = async () => {
  const p_data = JSON.stringify({
    meeting_id: jx.JORNADAS,
    title: 'Mesa de resultados',
    lead: 'Te contamos.',
    agenda: [{ id: randomUUID(), title: 'Bienvenida', minute: 0 }],
  })
  await callAs(db, fx.coordinator, 'save_mesa', { p_id: fx.OPEN, p_version: 0, p_data })
  await callAs(db, fx.coordinator, 'publish_mesa', { p_id: fx.OPEN, p_version: 1 })
}
type Author = Pick<fx.Sent, 'id' | 'secret'>
const opOf = ({ id, secret }: Author, change: object = {}) =>
  fx.op(
    'mesa.comment',
    randomUUID(),
    {
      convocatoria_id: fx.OPEN,
      submission_id: id,
      body: 'Falta el acuerdo de los sábados.',
      consent: CONSENT,
      notice_hash: hash,
      locale: 'es-MX',
      consented_at: '2026-12-02T10:00:00-06:00',
      ...change,
    },
    { secret },
  )
const comment = async (one: Author, change: object = {}) =>
  jx.word(await fx.applyOne(db, anon, opOf(one, change)))
const own = async ({ secret, row }: { secret: string; row: { folio: string } }) => {
  const answer = await callAs(db, anon, 'own_comments', { p_folio: row.folio, p_secret: secret })
  return (answer as { items: OwnComment[] }).items[0] ?? null
}
const settle = async (
  body: string,
  p_published: boolean,
  p_reason: string | null = null,
  actor = fx.moderator,
) => {
  const found = (await desk()).comments.find((one) => one.body === body)!
  const call = { p_comment: found.id, p_version: found.version, p_published, p_reason }
  return callAs(db, actor, 'settle_comment', call) as Promise<ActaDesk>
}

test('an acta is opened once, with text, after its mesa was published, for three to sixty days', async () => {
  await act('save_acta', { p_body: 'Se habló de todo.' })
  expect(await fx.outcome(act('open_acta', { p_until: UNTIL }))).toBe('PT409 mesa_required')
  await publishMesa()
  expect(await comment(author)).toBe('convocatoria_not_open')
  for (const p_until of ['2026-12-03', '2027-02-01', null])
    expect(await fx.outcome(act('open_acta', { p_until }))).toBe('PT422 date_invalid')
  expect(await fx.outcome(act('open_acta', { p_until: UNTIL }, fx.moderator))).toBe('PT403 not_allowed')
  expect(await read()).toBeNull()
  await act('open_acta', { p_until: UNTIL })
  expect(await read()).toMatchObject({ body: 'Se habló de todo.', final: null, comments: [] })
  expect(await fx.outcome(act('open_acta', { p_until: UNTIL }))).toBe('PT409 conflict')
})

test('a later draft changes nothing of what people comment on', async () => {
  await act('save_acta', { p_body: 'Se habló de todo, también de sábados.' })
  expect((await read())!.body).toBe('Se habló de todo.')
})

test.each<[string, object, string]>([
  ['the folio of somebody else', { submission_id: 'other' }, 'submission_unknown'],
  ['no words', { body: ' \u200b ' }, 'text_required body'],
  ['1,001 code points', { body: 'x'.repeat(1001) }, 'text_too_long body'],
  ['no consent', { consent: null }, 'consent_missing consents'],
  ['words of another consent', { consent: 'ayuda-1' }, 'consent_missing consents'],
  ['an older notice', { notice_hash: 'x' }, 'notice_outdated notice'],
])('a comment with %s is refused', async (_, change, code) => {
  const other = 'submission_id' in change ? { submission_id: attendee.id } : {}
  expect(await comment(author, { ...change, ...other })).toBe(code)
})

test('who registered for the mesa comments and so does who wrote in the consultation, and it says which', async () => {
  expect([
    await comment(attendee, { body: 'Estuve.' }),
    await comment(absent, { body: 'No pude ir.' }),
    await comment(author, { body: 'Escribí.' }),
  ]).toEqual(['applied', 'applied', 'applied'])
  expect((await desk()).comments.map(({ body, standing }) => `${body} ${standing}`).sort()).toEqual([
    'Escribí. wrote',
    'Estuve. came',
    'No pude ir. registered',
  ])
  const gone = await fx.submit(db)
  await fx.applyOne(db, anon, fx.op('submission.withdraw', gone.id, {}, { secret: gone.secret }))
  expect(await comment(gone)).toBe('submission_unknown')
})

test('nobody reads a comment before a person decided; a reason is required and its author reads it', async () => {
  expect((await read())!.comments).toEqual([])
  expect(await fx.outcome(settle('Escribí.', false))).toBe('PT422 reason_required')
  expect(await fx.outcome(settle('Escribí.', true, null, fx.auditor))).toBe('PT403 not_allowed')
  await settle('Escribí.', false, 'Trae el teléfono de alguien.')
  await settle('Estuve.', true)
  expect(await own(author)).toEqual({
    convocatoria_id: fx.OPEN,
    title: expect.any(String) as string,
    at: '2026-12-01T18:00:00+00:00',
    state: 'kept_back',
    reason: 'Trae el teléfono de alguien.',
    body: 'Escribí.',
  })
  expect(await own(absent)).toMatchObject({ state: 'received' })
  const { comments } = (await read())!
  expect(comments.map(({ body, standing }) => [body, standing])).toEqual([['Estuve.', 'came']])
  expect(Object.keys(comments[0]!).sort()).toEqual(['at', 'body', 'id', 'standing'])
})

test('a folio has one comment: a changed one waits again, and nobody publishes words that were not read', async () => {
  const before = (await desk()).comments.find(({ body }) => body === 'Estuve.')!
  const again = opOf(attendee, { body: 'Estuve y tomé notas.' })
  expect(jx.word(await fx.applyOne(db, anon, again))).toBe('applied')
  expect(jx.word(await fx.applyOne(db, anon, again))).toBe('applied')
  expect((await read())!.comments).toEqual([])
  const stale = { p_comment: before.id, p_version: before.version, p_published: true }
  expect(await fx.outcome(callAs(db, fx.moderator, 'settle_comment', stale))).toBe('PT409 conflict')
  expect((await desk()).comments).toHaveLength(3)
  await settle('Estuve y tomé notas.', true)
})

test('a comment is hidden with its submission at once, and its words are deleted once the withdrawal is final', async () => {
  const sent = await fx.submit(db)
  await comment(sent, { body: 'Me voy a retirar.' })
  await settle('Me voy a retirar.', true)
  const withdraw = (kind: 'submission.withdraw' | 'submission.undo_withdraw') =>
    fx.applyOne(db, anon, fx.op(kind, sent.id, {}, { secret: sent.secret }))
  const forget = async () =>
    (await db.pool.query<{ n: number }>('select app.forget_comments() as n')).rows[0]!.n
  await withdraw('submission.withdraw')
  expect([(await read())!.comments.length, await forget()]).toEqual([1, 0])
  await withdraw('submission.undo_withdraw')
  expect((await read())!.comments).toHaveLength(2)
  await withdraw('submission.withdraw')
  await db.pool.query('update app.submissions set withdrawn_from = null where id = $1', [sent.id])
  expect([await forget(), await forget()]).toEqual([1, 0])
})

test('the acta is closed after its days and their grace, when no comment waits, and never changes again', async () => {
  await fx.setClock(db, '2026-12-12T05:00:00Z') // after the day, within the grace of a phone without signal
  expect(await fx.outcome(act('close_acta'))).toBe('PT409 acta_open')
  expect(await comment(author, { body: 'Escribí tarde.' })).toBe('applied')
  await fx.setClock(db, '2026-12-14T06:00:00Z')
  expect(await comment(author)).toBe('convocatoria_closed')
  expect(await fx.outcome(act('close_acta'))).toBe('PT409 comments_waiting')
  for (const { body } of (await desk()).comments.filter(({ state }) => state === 'received'))
    await settle(body, true)
  expect(await fx.outcome(act('close_acta', {}, fx.auditor))).toBe('PT403 not_allowed')
  const closed = await act('close_acta')
  const { final, comments } = (await read())!
  expect(JSON.parse(final!)).toMatchObject({
    body: 'Se habló de todo, también de sábados.',
    mesa: 'Mesa de resultados',
    closed_at: '2026-12-14T06:00:00Z',
  })
  expect(comments.map(({ body }) => body)).not.toContain('Me voy a retirar.')
  expect((await db.pool.query(`select app.sha256_hex($1) as hash`, [final])).rows[0]).toEqual({
    hash: closed.hash,
  })
  expect(await fx.outcome(act('save_acta', { p_body: 'Otra cosa.' }))).toBe('PT409 acta_closed')
  await expect(db.pool.query(`update app.mesa_actas set hash = hash where true`)).rejects.toThrow(
    'append-only',
  )
})

test('a published comment is taken back after the closing too, and the frozen text stays as it is', async () => {
  const before = (await read())!
  expect(await comment({ ...author, secret: fx.newSecret() }, { withdraw: true })).toBe('submission_unknown')
  expect(await comment(author, { withdraw: true })).toBe('applied')
  const after = (await read())!
  expect([after.final, after.comments.length]).toEqual([before.final, before.comments.length - 1])
  expect(await own(author)).toBeNull()
})
