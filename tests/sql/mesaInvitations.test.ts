/** Whom the letter about a mesa reaches: those whose consent covers it, once each address, while seats can be taken. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MesaDesk } from '@/features/propuestas/mesa'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const desk = async () =>
  ((await callAs(db, fx.coordinator, 'mesa_desk', { p_id: fx.OPEN })) as MesaDesk).letters
const invite = (actor = fx.coordinator) =>
  callAs(db, actor, 'invite_to_mesa', { p_id: fx.OPEN }) as Promise<{ sent: number; left: number }>
const confirmed = async (email: string) => {
  await db.pool.query(
    'insert into app.mail_addresses (address_key, confirmed_at) values (app.address_key($1), app.now())',
    [email],
  )
  return email
}
/** A propuesta whose notice asked about invitations. */
async function asked(email: string, granted: boolean) {
  const { id } = await fx.submit(db, { email })
  await db.pool.query(
    `insert into app.consents (submission_id, key, notice_id, notice_hash, granted, locale, consented_at)
     select submission_id, 'invitations', notice_id, notice_hash, $2, locale, consented_at from app.consents
     where submission_id = $1 and key = 'publish'`,
    [id, granted],
  )
}
const invitations = async () =>
  (
    await db.pool.query<{ recipient: string; subject: string; body: string; class: string }>(
      `select recipient, class, subject, body from app.mail_queue where subject like 'Invitación%' order by recipient`,
    )
  ).rows

async function publish() {
  const p_data = {
    meeting_id: jx.JORNADAS,
    title: 'Mesa de resultados',
    lead: 'Te contamos qué dijeron las propuestas.',
    agenda: [{ id: randomUUID(), title: 'Bienvenida', minute: 0 }],
  }
  await callAs(db, fx.coordinator, 'save_mesa', {
    p_id: fx.OPEN,
    p_version: 0,
    p_data: JSON.stringify(p_data),
  })
  await callAs(db, fx.coordinator, 'publish_mesa', { p_id: fx.OPEN, p_version: 1 })
}

test('nobody is invited before there is a mesa to register for, nor by who does not edit the campaign', async () => {
  expect((await desk()).letter).toBeNull()
  expect(await fx.outcome(invite())).toBe('PT409 not_receiving')
  await publish()
  expect(await fx.outcome(invite(fx.moderator))).toBe('PT403 not_allowed')
})

test('only consent counts: a yes, or a confirmed address that was never asked; each address gets one letter', async () => {
  const twice = await confirmed('dos@correo.mx')
  await fx.submit(db, { email: twice })
  await fx.submit(db, { email: twice })
  await fx.submit(db, { email: 'sin-confirmar@correo.mx' })
  await fx.submit(db, { email: null })
  await asked('dijo-si@correo.mx', true)
  await asked(await confirmed('no-marco@correo.mx'), false)
  const stopped = await confirmed('alto@correo.mx')
  await fx.submit(db, { email: stopped })
  await db.pool.query(
    'update app.mail_addresses set stopped_at = app.now() where address_key = app.address_key($1)',
    [stopped],
  )
  expect((await desk()).counts).toEqual({ invite: 2, no_consent: 2, stopped: 1 })
  expect([await invite(), await invite()]).toEqual([
    { sent: 2, left: 0 },
    { sent: 0, left: 0 },
  ])
  expect((await desk()).counts).toEqual({ done: 2, no_consent: 2, stopped: 1 })
  const letters = await invitations()
  expect(letters.map(({ recipient, class: one }) => `${recipient} ${one}`)).toEqual([
    'dijo-si@correo.mx notice',
    'dos@correo.mx notice',
  ])
  expect(letters[0]!.body).toContain('{{app}}/c/cultura-de-gobierno-abierto/mesa')
})

test('an address that is confirmed later is due, and one whose propuestas were all withdrawn is not', async () => {
  await confirmed('sin-confirmar@correo.mx')
  const gone = await fx.submit(db, { email: await confirmed('retirada@correo.mx') })
  expect((await desk()).counts.invite).toBe(2)
  await fx.applyOne(db, { role: 'anon' }, fx.op('submission.withdraw', gone.id, {}, { secret: gone.secret }))
  expect((await desk()).counts).toEqual({ done: 2, invite: 1, no_consent: 1, stopped: 1 })
})

test('after the registration closed nobody is invited', async () => {
  await db.pool.query('update app.convocatorias set opens_at = $2, closes_at = $3 where id = $1', [
    jx.JORNADAS,
    '2020-01-01',
    '2020-01-02',
  ])
  expect(await fx.outcome(invite())).toBe('PT409 not_receiving')
})
