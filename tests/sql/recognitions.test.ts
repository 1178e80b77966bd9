/** Recognitions: whom they name, what they rest on, and that one engine signs, lists and verifies them with constancias. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Recognition, RecognitionDesk } from '@/features/videos/recognition'
import type { Actor } from '../support/database'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
import { constanciasOf } from './constanciaFixtures'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())
const { signAll, verdictOf, beginDay, setRule, attendee, ask, constanciaOf } = constanciasOf(() => db)

const LINKS = ['https://radio.ejemplo.mx/agua', 'https://ejemplo.mx/nota']
const BODY = {
  holder: 'body',
  name: 'Colectivo Río',
  work: 'Un video sobre las cuentas del agua',
  links: LINKS,
}
const PERSON = { ...BODY, holder: 'person', name: 'Ana Pérez', consent: 'telephone' }
const grant = (data: object, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'grant_recognition', {
    p_id: vx.VIDEOS,
    p_data: JSON.stringify({ id: randomUUID(), ...data }),
  }) as Promise<RecognitionDesk>
const list = async () =>
  ((await callAs(db, fx.auditor, 'list_recognitions', { p_id: vx.VIDEOS })) as RecognitionDesk).items
async function granted(data: object = BODY): Promise<Recognition> {
  const id = randomUUID()
  await grant({ id, ...data })
  await signAll()
  return (await list()).find((one) => one.id === id)!
}
const revoke = (p_recognition: string, p_reason = 'Se otorgó por error.', actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'revoke_recognition', {
    p_id: vx.VIDEOS,
    p_recognition,
    p_reason,
  }) as Promise<RecognitionDesk>
const named = () => vx.publishVideo(db, { display_name: 'Ana  Autora', email: 'ana@correo.mx' })

test.each<[string, object, string]>([
  ['no holder', { ...BODY, holder: 'x' }, 'PT400 malformed_op'],
  ['a body without its name', { ...BODY, name: ' ' }, 'PT422 text_required'],
  ['a name of 121', { ...BODY, name: 'x'.repeat(121) }, 'PT422 text_too_long'],
  ['nothing that it is for', { ...BODY, work: '' }, 'PT422 text_required'],
  ['no evidence', { ...BODY, links: [] }, 'PT422 evidence_required'],
  ['evidence of blanks', { ...BODY, links: [' '] }, 'PT422 evidence_required'],
  ['evidence that is no page', { ...BODY, links: ['http://ejemplo.mx'] }, 'PT422 evidence_invalid'],
  ['evidence with a blank', { ...BODY, links: ['https://ejemplo.mx/a b'] }, 'PT422 evidence_invalid'],
  ['four links', { ...BODY, links: [...LINKS, ...LINKS] }, 'PT422 malformed_op'],
  ['a person who did not agree to be named', { ...PERSON, consent: null }, 'PT422 name_consent_required'],
  ['a consent that only an author gives', { ...PERSON, consent: 'app' }, 'PT422 name_consent_required'],
  ['an unknown folio', { ...PERSON, folio: 'VI-2026-999999-1' }, 'PT404 work_unknown'],
])('none is granted with %s', async (_, data, code) => {
  expect(await fx.outcome(grant(data))).toBe(code)
})

test('only the coordination grants and revokes; who reads the campaign sees them', async () => {
  for (const actor of [fx.moderator, fx.auditor, fx.admin])
    expect(await fx.outcome(grant(BODY, actor))).toBe('PT403 not_allowed')
  const one = await granted()
  expect(await fx.outcome(revoke(one.id, 'x', fx.moderator))).toBe('PT403 not_allowed')
  expect(one).toMatchObject({
    name: 'Colectivo Río',
    links: LINKS,
    consent: null,
    granted_by: expect.any(String),
  })
})

test('a second try of the same page grants nothing twice', async () => {
  const id = randomUUID()
  await grant({ id, ...BODY })
  await grant({ id, ...BODY })
  expect((await list()).filter((one) => one.id === id)).toHaveLength(1)
})

test('the verification of any phone says whom it names, what for and where it was spread', async () => {
  const { code, serial } = await granted(PERSON)
  expect(await verdictOf(code!)).toMatchObject({
    outcome: 'valid',
    constancia: { name: 'Ana Pérez', work: PERSON.work, links: LINKS, days: [], minutes: 0, serial },
  })
})

test('an attendance and a recognition share numbers and one list, and each still verifies', async () => {
  await beginDay(jx.DAY, '1 hour')
  await setRule('day')
  const came = await attendee()
  await ask(came)
  const one = await granted()
  const { code } = (await constanciaOf(came))!
  expect((await verdictOf(code!)).outcome).toBe('valid')
  await revoke(one.id)
  await signAll()
  expect((await verdictOf(code!)).outcome).toBe('valid')
  expect((await verdictOf(one.code!)).outcome).toBe('revoked')
  await fx.setClock(db, null)
})

test('it is revoked with a reason, once', async () => {
  const one = await granted()
  expect(await fx.outcome(revoke(one.id, ' '))).toBe('PT422 change_reason_required')
  await revoke(one.id)
  const { items } = await revoke(one.id, 'Otra vez.')
  expect(items.find(({ id }) => id === one.id)).toMatchObject({
    ended_on: expect.any(String),
    revoke_reason: 'Se otorgó por error.',
  })
})

test('an author is named as they allowed, reads it on the folio, and gets the link that proves it', async () => {
  const sent = await named()
  const one = await granted({
    holder: 'person',
    folio: sent.row.folio,
    work: 'Su video',
    links: LINKS,
    name: 'Otro nombre',
  })
  expect(one).toMatchObject({ name: 'Ana Autora', consent: 'app', folio: sent.row.folio })
  const row = await fx.openFolio(db, sent.row.folio, sent.secret)
  expect(row.messages.at(-1)?.text).toBe(
    `Te otorgamos un reconocimiento por «Su video». Su folio es ${one.serial}.`,
  )
  const { rows } = await db.pool.query<{ body: string }>(
    `select body from app.mail_queue where submission_id = $1 and subject like 'Tu reconocimiento está listo: folio %'`,
    [sent.id],
  )
  const link = /verificar#(\S+)/u.exec(rows[0]!.body)![1]!
  expect(link).toBe(one.code)
  expect((await verdictOf(link)).outcome).toBe('valid')
})

test('an author who left no name is not named by the folio', async () => {
  const sent = await vx.publishVideo(db, { display_name: null })
  expect(await fx.outcome(grant({ ...PERSON, folio: sent.row.folio }))).toBe('PT409 name_not_allowed')
})

test('a recognition ends with the words of its video, and the others with the records of their campaign', async () => {
  const sent = await named()
  const own = await granted({ holder: 'person', folio: sent.row.folio, work: 'Su video', links: LINKS })
  const other = await granted()
  await db.pool.query('select app.erase_video_words($1)', [sent.id])
  const left = async () => (await list()).map(({ id }) => id)
  expect(await left()).not.toContain(own.id)
  await db.pool.query('select app.forget_recognitions()')
  expect(await left()).toContain(other.id)
  await fx.setClock(db, '2060-01-01T12:00:00Z')
  await db.pool.query('select app.forget_recognitions()')
  expect((await list()).filter(({ folio }) => folio === null)).toEqual([])
  const { rows } = await db.pool.query(
    `select rule, deleted from app.deletion_receipts where rule = 'records'`,
  )
  expect(rows).toMatchObject([{ deleted: expect.any(Number) as number }])
  await fx.setClock(db, null)
})
