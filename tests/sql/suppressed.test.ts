/** Letters that come back: nothing else is sent to that address, and staff see it beside whoever left it. */
import { describe, expect, test } from 'vitest'
import type { DoubtfulLetter } from '@/domain/staffRows'
import { callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { type Mailbox, newAddress, useMailbox } from './mailFixtures'

let db: TestDatabase
let mail: Mailbox
useMailbox((...made) => ([db, mail] = made))

interface Named {
  id: number
  name: string
}
const tell = (name: string, p_event: string) =>
  callAs(db, service, 'record_mail_event', { p_name: name, p_event })
const review = async (id: string) =>
  (await callAs(db, fx.moderator, 'review_item', { p_id: id })) as { mail_trouble: { reason: string } | null }
const again = (id: string, who = fx.moderator) => callAs(db, who, 'write_again', { p_submission: id })

/** A proposal whose receipt was sent. */
async function sent(email = newAddress()) {
  const { id } = await fx.submit(db, { email })
  const [letter] = (await mail.take()) as unknown as Named[]
  await mail.settle(letter!.id)
  return { email, id, name: letter!.name }
}

test('a letter that came back ends all letters to its address, codes among them, until staff spoke with its owner', async () => {
  const { email, id, name } = await sent()
  await mail.queue(email, 'aviso')
  expect(await review(id)).toMatchObject({ mail_trouble: null })
  expect(await tell(name, 'bounced')).toBe(true)
  expect(await review(id)).toMatchObject({ mail_trouble: { reason: 'bounced', at: expect.any(String) } })
  for (const kind of ['notice', 'deadline', 'asked']) await mail.queue(email, kind, kind)
  expect(await mail.sendAll(1)).toEqual([])
  expect(await fx.outcome(again(id, fx.auditor))).toBe('PT403 not_allowed')
  expect(await again(id)).toEqual({ mail_trouble: null })
  await mail.queue(email, 'código', 'asked')
  expect(await mail.sendAll()).toMatchObject([{ subject: 'código' }])
})

test('an event that comes again does not close the address again after staff opened it', async () => {
  const { id, name } = await sent()
  await tell(name, 'bounced')
  await again(id)
  await tell(name, 'bounced')
  expect(await review(id)).toMatchObject({ mail_trouble: null })
})

test('a complaint is also the wish for no letters, which staff cannot take back', async () => {
  const { email, id, name } = await sent()
  await tell(name, 'complained')
  expect(await again(id)).toMatchObject({ mail_trouble: { reason: 'complained' } })
  await mail.wait(181 * 24 * 60)
  await callAs(db, service, 'run_due_jobs')
  expect(await review(id)).toMatchObject({ mail_trouble: null })
  await mail.queue(email, 'aviso')
  expect((await mail.sendAll(1)).filter((letter) => letter.to === email)).toEqual([])
})

test('a mailbox that the server refuses as unknown closes its address at once', async () => {
  const { id } = await fx.submit(db, { email: newAddress() })
  const [letter] = await mail.take()
  await callAs(db, service, 'settle_mail', {
    p_id: letter!.id,
    p_error: 'EENVELOPE 550',
    p_outcome: 'rejected',
  })
  expect(await review(id)).toMatchObject({ mail_trouble: { reason: 'bounced' } })
  const { rows } = await db.pool.query('select recipient, body, last_error from app.mail_queue')
  expect(rows).toEqual([{ recipient: '', body: '', last_error: 'EENVELOPE 550' }])
})

test('word that it arrived settles a letter in doubt', async () => {
  await mail.queue(newAddress(), 'aviso', 'asked')
  const [letter] = (await mail.take()) as unknown as (Named & { lease: string })[]
  await callAs(db, service, 'begin_mail', { p_id: letter!.id, p_lease: letter!.lease })
  expect(await tell(letter!.name, 'delivered')).toBe(true)
  await mail.wait(5)
  expect(await callAs(db, service, 'take_mail', { p_limit: 9, p_repeats: true })).toEqual([])
  const { rows } = await db.pool.query(
    'select recipient, sent_at is not null as sent, arrived_at is not null as arrived from app.mail_queue',
  )
  expect(rows).toEqual([{ recipient: '', sent: true, arrived: true }])
})

test('word of a letter that nobody knows, and a word that nobody knows, change nothing', async () => {
  expect(await tell('00000000-0000-4000-8000-000000000000', 'bounced')).toBe(false)
  const { name } = await sent()
  expect(await fx.outcome(tell(name, 'opened'))).toBe('PT400 malformed_op')
})

test('the list of registrations says it beside the person', async () => {
  await jx.setDay(db, jx.DAY, 100)
  const email = newAddress()
  const { id } = await jx.register(db, { email })
  const [letter] = (await mail.take()) as unknown as Named[]
  await mail.settle(letter!.id)
  await tell(letter!.name, 'bounced')
  const { items } = (await callAs(db, fx.moderator, 'list_registrations')) as {
    items: { id: string; mail_trouble: object | null }[]
  }
  expect(items.find((item) => item.id === id)).toMatchObject({ mail_trouble: { reason: 'bounced' } })
})

describe('a letter in doubt', () => {
  const doubtful = async (who = fx.moderator) =>
    ((await callAs(db, who, 'list_doubtful')) as { items: DoubtfulLetter[] }).items
  const settle = (ids: number[], p_outcome: string, who = fx.moderator) =>
    callAs(db, who, 'settle_doubtful', { p_ids: `{${ids.join(',')}}`, p_outcome })

  /** A letter whose sender died after giving it. */
  async function inDoubt() {
    const { id, row } = await fx.submit(db, { email: newAddress() })
    const [letter] = (await mail.take()) as unknown as (Named & { lease: string })[]
    await callAs(db, service, 'begin_mail', { p_id: letter!.id, p_lease: letter!.lease })
    return { id, folio: row.folio, letter: letter! }
  }

  test('is shown to whoever decides once its sender is gone, and to nobody else', async () => {
    const { folio, letter } = await inDoubt()
    expect(await doubtful()).toEqual([]) // it may be under way
    await mail.wait(3)
    expect(await doubtful()).toMatchObject([
      { id: Number(letter.id), subject: expect.stringContaining(folio), campaign: expect.any(String) },
    ])
    for (const who of [fx.auditor, fx.admin])
      expect(await fx.outcome(doubtful(who))).toBe('PT403 not_allowed')
    expect(await fx.outcome(settle([letter.id], 'arrived', fx.auditor))).toBe('PT403 not_allowed')
    expect(await fx.outcome(settle([letter.id], 'lost'))).toBe('PT400 malformed_op')
  })

  test('that staff know to have arrived is settled and forgotten, and the log says who did it', async () => {
    const { folio, letter } = await inDoubt()
    await mail.wait(3)
    expect(await settle([letter.id], 'arrived')).toEqual({ settled: 1 })
    expect(await settle([letter.id], 'arrived')).toEqual({ settled: 0 })
    expect(await doubtful()).toEqual([])
    const { rows } = await db.pool.query('select recipient, sent_at is not null as sent from app.mail_queue')
    expect(rows).toEqual([{ recipient: '', sent: true }])
    const { items } = (await callAs(db, fx.auditor, 'list_log', { p_area: 'letter' })) as { items: object[] }
    expect(items[0]).toMatchObject({ kind: 'arrived', about: folio, actor: 'Moderadora de ejemplo' })
  })

  test('that staff give again leaves once more under its old name', async () => {
    const { letter } = await inDoubt()
    await mail.wait(3)
    expect(await mail.take()).toEqual([])
    expect(await settle([letter.id], 'again')).toEqual({ settled: 1 })
    expect(await mail.take()).toMatchObject([{ name: letter.name }])
  })
})
