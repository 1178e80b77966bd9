/**
 * Every letter that this project sends, with sample data: staff preview them in «Cartas», from `samples.json`, which this
 * file writes (`-u`). Their words are checked here.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { letterOf } from '../../supabase/functions/send-mail/letter'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
import { constanciasOf } from './constanciaFixtures'
import * as fx from './fixtures'
import { createMailbox } from './mailFixtures'
import { jornadaLetters } from './jornadaLetters'
import * as jx from './jornadaFixtures'
import * as mx from './minorFixtures'
import * as vx from './videoFixtures'

export interface Sample {
  /** What it tells, as the words of «Cartas» name it. */
  key: string
  /** How it addresses its reader: in *tú*, or in *usted*. */
  reader: 'tu' | 'usted'
  class: 'asked' | 'deadline' | 'notice'
  subject: string
  /** Without the signature. */
  body: string
}

const CLOCK = '2026-11-24T18:00:00Z'

let db: TestDatabase
let samples: Sample[]
beforeAll(async () => {
  db = await createTestDatabase()
  await fx.setClock(db, CLOCK)
  await db.pool.query(
    `update app.convocatorias set opens_at = '2026-11-01T06:00:00Z', closes_at = '2026-12-20T06:00:00Z',
       answer_by = '2027-01-08' where id = any ($1)`,
    [[fx.OPEN, jx.JORNADAS, vx.VIDEOS]],
  )
  samples = [
    ...(await ofProposals()),
    ...(await jornadaLetters(db, lastLetter)),
    await recognition(),
    await guardian(),
    ...(await ofStaff()),
    await digest(),
  ]
})
afterAll(() => db.drop())

/** The letter that was queued last. */
async function lastLetter(key: string, reader: Sample['reader']): Promise<Sample> {
  const { rows } = await db.pool.query<Omit<Sample, 'key' | 'reader'>>(
    `select class, subject, replace(body, app.mail_signature(), '') as body from app.mail_queue order by id desc limit 1`,
  )
  const { subject, body, ...rest } = rows[0]!
  const same = (text: string) =>
    text
      .replaceAll(/([A-Z]{2}-\d{4})-\d{6}-\w/gu, '$1-000001-2')
      .replaceAll(/\b\d{6}\b(?=\n)/gu, '123456')
      .replaceAll(/(?<=folio )[0-9A-Z]{10}\b/gu, 'ABCDE12345')
      .replaceAll(/#[\w-]{32}(?![\w-])|#[\w-]+\.[\w-]{86}/gu, '#…')
  return { key, reader, ...rest, subject: same(subject), body: same(body) }
}

async function ofProposals(): Promise<Sample[]> {
  const email = 'ana@correo.mx'
  const { id } = await fx.submit(db, { email })
  const letters = [await lastLetter('receipt', 'tu')]
  await fx.decide(db, fx.moderator, id, 'accept')
  letters.push(await lastLetter('news', 'tu'))
  await callAs(db, { role: 'anon' }, 'request_link_code', { p_email: email })
  letters.push(await lastLetter('code', 'tu'))
  await db.pool.query(
    `select app.mail_answer_day(c, jsonb_populate_record(c, '{"answer_by": "2027-01-15"}'), 'Llegaron más propuestas.')
     from app.convocatorias c where c.id = $1`,
    [fx.OPEN],
  )
  letters.push(await lastLetter('answer_day', 'tu'))
  letters.push(await mesaInvitation(email))
  const { rows } = await db.pool.query<{ version: number }>(
    'select version from app.convocatorias where id = $1',
    [fx.OPEN],
  )
  await callAs(db, fx.coordinator, 'retire_convocatoria', {
    p_id: fx.OPEN,
    p_version: rows[0]!.version,
    p_reason: 'Se aprobó sin competencia.',
  })
  return [...letters, await lastLetter('retired', 'tu')]
}

async function mesaInvitation(email: string): Promise<Sample> {
  await db.pool.query(
    'insert into app.mail_addresses (address_key, confirmed_at) values (app.address_key($1), app.now())',
    [email],
  )
  const p_data = JSON.stringify({
    meeting_id: jx.JORNADAS,
    title: 'Mesa de resultados',
    lead: 'Contamos qué dijeron las propuestas y escuchamos qué falta.',
    agenda: [{ id: fx.OPEN, title: 'Bienvenida', minute: 0 }],
  })
  await callAs(db, fx.coordinator, 'save_mesa', { p_id: fx.OPEN, p_version: 0, p_data })
  await callAs(db, fx.coordinator, 'publish_mesa', { p_id: fx.OPEN, p_version: 1 })
  await callAs(db, fx.coordinator, 'invite_to_mesa', { p_id: fx.OPEN })
  return lastLetter('mesa_invitation', 'tu')
}

async function ofStaff(): Promise<Sample[]> {
  await callAs(db, fx.admin, 'invite_staff', { p_email: 'luz@correo.mx', p_name: 'Luz', p_role: 'auditor' })
  const letters = [await lastLetter('invitation', 'tu')]
  const user = fx.moderator.sub
  await db.pool.query(`insert into app.recovery_codes (user_id, hash) values ($1, app.code_hash($1, 'x'))`, [
    user,
  ])
  await callAs(db, fx.moderator, 'use_recovery_code', { p_code: 'x' })
  letters.push(await lastLetter('recovery_code', 'tu'))
  const { rows } = await db.pool.query<{ id: string }>(
    'select id from app.staff where user_id = $1 order by id limit 1',
    [user],
  )
  await callAs(db, fx.admin, 'reset_second_factor', { p_id: rows[0]!.id })
  return [...letters, await lastLetter('factor_reset', 'tu')]
}

async function guardian(): Promise<Sample> {
  await mx.letMinors(db, true)
  await mx.judge(db, { email: null })
  return lastLetter('guardian', 'tu')
}

async function recognition(): Promise<Sample> {
  const { row } = await vx.publishVideo(db, { display_name: 'Ana', email: 'ana@correo.mx' })
  const links = ['https://radio.ejemplo.mx/agua']
  const p_data = {
    id: fx.ACTION,
    holder: 'person',
    folio: row.folio,
    work: 'El video sobre el agua y sus cuentas',
    links,
  }
  await callAs(db, fx.coordinator, 'grant_recognition', { p_id: vx.VIDEOS, p_data: JSON.stringify(p_data) })
  await constanciasOf(() => db).signAll()
  return lastLetter('recognition', 'tu')
}

async function digest(): Promise<Sample> {
  const mail = createMailbox(db)
  await db.pool.query('delete from app.mail_queue')
  await mail.choose('eva@correo.mx', 'confirm')
  await mail.queue('eva@correo.mx', 'Primer aviso', 'deadline')
  await mail.queue('eva@correo.mx', 'Segundo aviso')
  await mail.take()
  return lastLetter('digest', 'usted')
}

test('the samples that staff see are the letters of this version', async () => {
  await expect(`${JSON.stringify(samples, null, 2)}\n`).toMatchFileSnapshot(
    '../../src/staff/letters/samples.json',
  )
})

/** The functions that queue letters. Each has a sample above; a new one belongs into both lists. */
test('every function that queues a letter is known here', async () => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select proname as name from pg_proc where prosrc ~ '(queue_mail|mail_about_seats|mail_authors|mail_account|tell_act)\\('
     order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([
    'alert_staff',
    'amend_registration',
    'ask_guardian',
    'change_address',
    'invite_to_mesa',
    'mail_about_seats',
    'mail_account',
    'mail_answer_day',
    'mail_asked',
    'mail_authors',
    'mail_held',
    'mail_invitation',
    'mail_liaison',
    'mail_moved_modality',
    'mail_moved_seat',
    'mail_named',
    'mail_news',
    'mail_passed_on',
    'mail_receipt',
    'mail_registration',
    'mail_released',
    'mail_seats',
    'queue_reminders',
    'reassign_modality',
    'reassign_registration',
    'release_registration',
    'request_link_code',
    'requeue_seats',
    'reschedule_jornada',
    'reset_second_factor',
    'retire_convocatoria',
    'seat_first',
    'send_recognition',
    'tell_act',
    'tell_constancia',
    'use_recovery_code',
    'write_to_liaisons',
  ])
})

/** Verbs and pronouns of the other form of address. */
const OF = {
  usted:
    /\b(usted|su folio|su enlace|abra|confirme|cancele|puede inscribirse|le avisaremos|le recordamos)\b/iu,
  tu: /\b(tú|tu folio|tu enlace|tus|te respondemos|abre|elige|puedes|enviaste)\b/iu,
}

describe('every letter', () => {
  const each = () => samples.map((sample) => ({ ...sample, text: `${sample.subject}\n${sample.body}` }))
  const bad = (is: (letter: Sample & { text: string }) => boolean) =>
    each().flatMap((one) => (is(one) ? one.key : []))

  test('has no placeholder, no empty value and no line that ends in space', () => {
    const LEFT = /\{|%[sIL]|\bnull\b|undefined|«»| ,|\\n|[ \t]\n|\n{3}|[:,] *$|  /mu
    expect(bad(({ text }) => LEFT.test(text.replaceAll(/\{\{app\}\}|:(?=\n)/gu, '')))).toEqual([])
  })

  test('speaks in one form of address', () => {
    expect(
      bad(({ reader, text, key }) => key !== 'digest' && OF[reader === 'tu' ? 'usted' : 'tu'].test(text)),
    ).toEqual([])
  })

  test('to a participant names the folio in its subject, and says how to open it or write what was asked', () => {
    const participants = each().filter(
      ({ class: kind, key }) =>
        kind !== 'asked' &&
        ![
          'digest',
          'alert',
          'liaison',
          'liaison_invitation',
          'liaison_reminder',
          'mesa_invitation',
          'guardian',
        ].includes(key),
    )
    expect(
      participants.filter(({ subject }) => !/: folio [A-Z]{2}-/u.test(subject)).map(({ key }) => key),
    ).toEqual([])
    expect(participants.filter(({ body }) => !/enlace privado/u.test(body)).map(({ key }) => key)).toEqual([])
  })

  test('leaves with the institution and the label of a demonstration, and with a way to stop it unless it was asked for', async () => {
    const { rows } = await db.pool.query<{ signature: string }>('select app.mail_signature() as signature')
    expect(rows[0]!.signature).toBe('\n\nInstituto de ejemplo\nDemostración: texto sin validez')
    for (const { class: kind, ...one } of samples) {
      const { body, headers } = letterOf(
        {
          ...one,
          id: 1,
          name: crypto.randomUUID(),
          lease: crypto.randomUUID(),
          to: 'ana@correo.mx',
          asks: false,
          own: true,
          locale: 'es-MX',
          token: kind === 'asked' ? null : 'f00',
          from: null,
        },
        { app: 'https://participa.example', functions: 'https://api.example' },
      )
      expect(body).not.toContain('{{')
      expect([one.key, body.includes('Para dejar de recibir'), 'List-Unsubscribe' in headers]).toEqual([
        one.key,
        kind !== 'asked',
        kind !== 'asked',
      ])
    }
  })
})
