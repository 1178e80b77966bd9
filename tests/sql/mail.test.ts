/** Which letters reach an address: nobody can drown it, its owner decides, and an owner who wants them misses none. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { anon, callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { type Letter, type Mailbox, newAddress, useMailbox } from './mailFixtures'

let db: TestDatabase
let mail: Mailbox
useMailbox((...made) => ([db, mail] = made))

const submitMany = async (email: string, calls: number, each: number) => {
  const all: string[] = []
  for (let call = 0; call < calls; call++) {
    const payload = await fx.propuesta(db, { email })
    const ops = Array.from({ length: each }, () =>
      fx.op('propuesta.submit', randomUUID(), payload, { secret: fx.newSecret() }),
    )
    const verdicts = await fx.apply(db, anon, ...ops)
    expect(verdicts.every(({ status }) => status === 'applied')).toBe(true)
    all.push(...ops.map(({ entity_id }) => entity_id))
  }
  return all
}

describe('an address that nobody confirmed', () => {
  test('gets one letter of 150 submissions in three calls, and three of all decisions on them', async () => {
    const email = newAddress()
    const ids = await submitMany(email, 3, 50)
    const [asking, ...more] = await mail.sendAll(2)
    expect(more).toEqual([])
    expect(asking).toMatchObject({ to: email, asks: true, own: true, token: expect.any(String) })
    expect(asking!.subject).toMatch(/^Recibimos tu propuesta: folio PR-/u)
    for (const id of ids.slice(0, 12)) await fx.decide(db, fx.moderator, id, 'accept')
    await mail.wait(1)
    const first = await mail.sendAll(2)
    for (const id of ids.slice(12, 16)) await fx.decide(db, fx.moderator, id, 'accept')
    await mail.wait(1)
    const second = await mail.sendAll(2)
    for (const id of ids.slice(16, 17)) await fx.decide(db, fx.moderator, id, 'accept')
    await mail.wait(1)
    const third = await mail.sendAll(2)
    for (const id of ids.slice(17, 24)) await fx.decide(db, fx.moderator, id, 'accept')
    await mail.wait(1)
    expect([first.length, second.length, third.length, (await mail.sendAll(2)).length]).toEqual([1, 1, 1, 0])
    expect(first[0]!.subject).toBe('12 avisos sobre lo que se envió con este correo')
    expect(first[0]!.body).toContain('Y 2 más. Todos están en la aplicación, en la página de cada folio.')
    expect(third[0]!.subject).toMatch(/^Hay novedades en tu propuesta: folio PR-/u)
  })

  test('gets one letter of 12 withdrawals and 12 undoings of a registration', async () => {
    await jx.setDay(db, jx.DAY, 100)
    const email = newAddress()
    const one = await jx.register(db, { email })
    const letters: Letter[] = []
    for (let pair = 0; pair < 12; pair++) {
      expect(await jx.author(db, 'submission.withdraw', one)).toBe('applied')
      expect(await jx.author(db, 'submission.undo_withdraw', one)).toBe('applied')
      if (pair % 3 === 0) letters.push(...(await mail.sendAll()))
    }
    letters.push(...(await mail.sendAll(3)))
    expect(letters).toEqual([expect.objectContaining({ to: email, asks: true })])
    const { rows } = await db.pool.query('select from app.mail_queue where recipient <> $1', [''])
    expect(rows).toEqual([]) // nothing keeps the address
  })

  test('loses no letter to a decision that is undone', async () => {
    const email = newAddress()
    const { id } = await fx.submit(db, { email })
    expect(await mail.sendAll()).toHaveLength(1)
    for (let times = 0; times < 5; times++) {
      const { events } = await fx.decide(db, fx.moderator, id, 'accept')
      const undo = fx.op('review.undo', id, { event_id: events.at(-1)!.id })
      expect((await fx.applyOne(db, fx.moderator, undo)).status).toBe('applied')
    }
    await mail.wait(2)
    expect(await mail.sendAll()).toEqual([])
    await fx.decide(db, fx.moderator, id, 'accept')
    await mail.wait(1)
    expect(await mail.sendAll()).toHaveLength(1)
  })

  test('is confirmed by a tap and not by opening the page, counts everywhere, and then gets what follows', async () => {
    const email = newAddress()
    const [one, other] = [await fx.submit(db, { email }), await fx.submit(db, { email })]
    expect([one.row, other.row]).toMatchObject([{ mail: 'unconfirmed' }, { mail: 'unconfirmed' }])
    const [letter] = await mail.sendAll()
    const p_token = letter!.token!
    const logged = async () =>
      (
        await db.pool.query('select from app.change_log where scope = any ($1)', [
          [`mine:${one.id}`, `mine:${other.id}`],
        ])
      ).rowCount
    const before = await logged()
    for (let times = 0; times < 3; times++)
      expect(await callAs(db, anon, 'mail_standing', { p_token })).toEqual({ state: 'unconfirmed' })
    expect(await logged()).toBe(before)
    for (let times = 0; times < 2; times++)
      expect(await callAs(db, anon, 'choose_mail', { p_token, p_choice: 'confirm' })).toEqual({
        state: 'confirmed',
      })
    expect(await logged()).toBe(before! + 2) // both phones learn of it, once
    for (const { row, secret } of [one, other])
      expect(await fx.openFolio(db, row.folio, secret)).toMatchObject({ mail: 'confirmed' })
    await fx.submit(db, { email })
    expect(await mail.sendAll()).toEqual([expect.objectContaining({ to: email, asks: false })])
  })

  test('is confirmed by the code that recovers its links', async () => {
    const email = newAddress()
    const { row, secret } = await fx.submit(db, { email })
    await callAs(db, anon, 'request_link_code', { p_email: email })
    const [code] = (await mail.sendAll()).flatMap(
      ({ body }) => /^Tu código es (\d{6})/u.exec(body)?.[1] ?? [],
    )
    await callAs(db, anon, 'recover_links', { p_email: email, p_code: code, p_seed: fx.newSecret() })
    expect(await fx.openFolio(db, row.folio, secret)).toMatchObject({ mail: 'confirmed' })
  })
})

describe('a confirmed address', () => {
  test('gets a salvo as one letter, without what is said twice, deadlines first, and misses nothing', async () => {
    const email = newAddress()
    await mail.choose(email, 'confirm')
    for (let n = 0; n < 40; n++) await mail.queue(email, `aviso ${n % 8}`)
    await mail.queue(email, 'plazo', 'deadline')
    const [letter, ...more] = await mail.sendAll(1)
    expect(more).toEqual([])
    expect(letter).toMatchObject({ subject: '9 avisos sobre lo que se envió con este correo', asks: false })
    expect(letter!.body.match(/^— .*/gmu)!.map((line) => line.slice(2))).toEqual([
      'plazo',
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `aviso ${n}`),
    ])
    expect(letter!.body.match(/Instituto de ejemplo/gu)).toHaveLength(1)
  })

  test('gets at most three letters in an hour and six in a day; the rest waits and comes', async () => {
    const email = newAddress()
    await mail.choose(email, 'confirm')
    const sent: Letter[] = []
    for (let n = 0; n < 30; n++) {
      await mail.queue(email, `aviso ${n}.`)
      sent.push(...(await mail.sendAll()))
      if (n === 10) expect(sent).toHaveLength(3)
      if (n >= 10) await mail.wait(20)
    }
    expect(sent).toHaveLength(6)
    sent.push(...(await mail.sendAll(3)))
    const said = sent.map(({ subject, body }) => subject + body).join('\n')
    expect(
      Array.from({ length: 30 }, (_, n) => n).filter((n) => !said.includes(`aviso ${n}.`)).length,
    ).toBeLessThanOrEqual(14)
    expect(sent.length).toBeLessThanOrEqual(8)
  })
})

describe('an address whose owner wants no letters', () => {
  test('gets none but the code that its owner asks for, and gets them again on its owner’s word', async () => {
    const email = newAddress()
    const { row, secret } = await fx.submit(db, { email })
    expect(await mail.choose(email, 'stop')).toEqual({ state: 'stopped' })
    await mail.queue(email, 'plazo', 'deadline')
    await fx.submit(db, { email })
    expect(await mail.sendAll(2)).toEqual([])
    expect(await fx.openFolio(db, row.folio, secret)).toMatchObject({ mail: 'stopped' })
    await callAs(db, anon, 'request_link_code', { p_email: email })
    expect(await mail.sendAll()).toEqual([expect.objectContaining({ to: email, token: null })])
    expect(await mail.choose(email, 'confirm')).toEqual({ state: 'confirmed' })
    await mail.queue(email, 'aviso')
    expect(await mail.sendAll()).toHaveLength(1)
  })

  test('is another one than every other: a token opens only its own, and a made-up one opens none', async () => {
    const [mine, others] = [newAddress(), newAddress()]
    await mail.choose(mine, 'stop')
    const state = async (p_token: string) => fx.outcome(callAs(db, anon, 'mail_standing', { p_token }))
    expect(await callAs(db, anon, 'mail_standing', { p_token: await mail.tokenOf(others) })).toEqual({
      state: 'unconfirmed',
    })
    const [a, b] = [await mail.tokenOf(mine), await mail.tokenOf(others)]
    for (const made of ['', a.slice(0, 32), a.slice(0, 32) + b.slice(32), `${a}0`, a.toUpperCase()])
      expect([made, await state(made)]).toEqual([made, 'PT404 mail_link_unknown'])
  })
})

test('codes stop at three an hour and eight a day, and count for no other letter', async () => {
  const email = newAddress()
  await fx.submit(db, { email })
  await mail.choose(email, 'confirm')
  let codes = 0
  for (let hour = 0; hour < 23; hour++) {
    for (let times = 0; times < 5; times++) await callAs(db, anon, 'request_link_code', { p_email: email })
    codes += (await mail.sendAll()).filter(({ subject }) => subject.includes('código')).length
    expect(codes).toBeLessThanOrEqual(3 * (hour + 1))
    await mail.wait(60)
  }
  expect(codes).toBe(8)
  await mail.queue(email, 'aviso')
  expect(await mail.sendAll()).toHaveLength(1)
})

test('a letter in vain and an address without letters are forgotten, and the wish for none is kept', async () => {
  const [quiet, stopped] = [newAddress(), newAddress()]
  await mail.choose(quiet, 'confirm')
  await mail.choose(stopped, 'stop')
  await mail.queue(quiet, 'aviso')
  const [letter] = await mail.take()
  await mail.settle(letter!.id, 'buzón lleno')
  await mail.wait(31 * 24 * 60)
  await callAs(db, service, 'run_due_jobs')
  const left = 'select from app.mail_queue where recipient = any ($1)' // letters to staff may have come meanwhile
  expect((await db.pool.query(left, [[quiet, stopped]])).rows).toEqual([])
  await mail.wait(366 * 24 * 60)
  await callAs(db, service, 'run_due_jobs')
  const state = async (email: string) =>
    callAs(db, anon, 'mail_standing', { p_token: await mail.tokenOf(email) })
  expect([await state(quiet), await state(stopped)]).toEqual([{ state: 'unconfirmed' }, { state: 'stopped' }])
})
