/** What becomes of a letter: none is lost and none is given twice, also when a sender dies between any two steps. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createHandler, type Mail, NotTaken } from '../../supabase/functions/send-mail/handler'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { callAs, service, type TestDatabase } from '../support/database'
import { MailSink } from '../support/mailSink'
import * as fx from './fixtures'
import { type Mailbox, newAddress, useMailbox } from './mailFixtures'

let db: TestDatabase
let mail: Mailbox
useMailbox((...made) => ([db, mail] = made))

type Step = 'begin' | 'send' | 'settle'

/** A sender that stops for ever at its `dies`th step of this kind; the letters at work with it stop there too. */
function createSender(sink: MailSink, dies: { at: Step; times: number } | null) {
  let left = dies?.times ?? Infinity
  let died: () => void
  const death = new Promise<void>((resolve) => (died = resolve))
  const isOver = (step: Step) => {
    if (left > 0 && step === dies?.at) left--
    if (left === 0) died()
    return left === 0
  }
  const never = new Promise<never>(() => undefined)
  const handler = createHandler({
    callerSecret: 'shown',
    takeMail: async (p_limit) =>
      (await callAs(db, service, 'take_mail', { p_limit, p_repeats: sink.settings.recognizes })) as Mail[],
    beginMail: async ({ id, lease }) =>
      isOver('begin')
        ? never
        : ((await callAs(db, service, 'begin_mail', { p_id: id, p_lease: lease })) as boolean),
    settleMail: async (id, error) => {
      if (isOver('settle')) return never
      const outcome = { p_error: error?.code ?? null, p_outcome: error?.meaning ?? 'failed' }
      await callAs(db, service, 'settle_mail', { p_id: id, ...outcome })
    },
    places: () => ({ app: 'https://app.example', functions: 'https://api.example' }),
    phones: null,
    send: async ({ name, to, subject, body }) => {
      if (isOver('send')) return never
      const reply = sink.take(name, to, subject + body, mail.now())
      if (reply === 'refused') throw new NotTaken('http_429', 'failed')
      if (reply === 'silent') throw new NotTaken('no_answer', 'unknown')
    },
  })
  const call = () =>
    handler(new Request('http://localhost/', { method: 'POST', headers: secretHeader('shown') }))
  return { call, death }
}

async function queueMany(count: number): Promise<string[]> {
  const subjects = Array.from({ length: count }, (_, n) => `aviso ${n}.`)
  await db.pool.query(
    `select app.queue_mail($1 || n || '@correo.mx', 'aviso ' || n || '.', 'Texto', app.now(), p_class => 'asked')
     from generate_series(0, $2 - 1) n`,
    [randomUUID().slice(0, 8), count],
  )
  return subjects
}

const left = async () =>
  (
    await db.pool.query<{ name: string; doubtful: boolean; dead: boolean }>(
      `select name, handed_at is not null as doubtful, dead_at is not null as dead from app.mail_queue
       where sent_at is null`,
    )
  ).rows

/** Senders one after the other die at each step; then one works on for a day. */
async function drain(sink: MailSink) {
  for (const at of ['begin', 'send', 'settle'] as const) {
    const { call, death } = createSender(sink, { at, times: 60 })
    await Promise.race([call(), death])
    await mail.wait(3) // the claims of the dead end
  }
  for (let round = 0; round < 12; round++) {
    await createSender(sink, null).call()
    await mail.wait(120)
  }
}

describe('300 letters, of which five in a hundred are refused and senders die on the way', () => {
  test('arrive once each where the service recognizes a letter by its name', async () => {
    const sink = new MailSink({ seed: 7, refuses: 0.05, keepsSilent: 0.02, recognizes: true })
    const subjects = await queueMany(300)
    await drain(sink)
    expect(await left()).toEqual([])
    expect(sink.refused).toBeGreaterThan(5)
    expect(sink.recognized).toBeGreaterThan(0)
    expect(sink.twice).toBe(0)
    expect(sink.arrived.map(({ words }) => /^aviso \d+\./u.exec(words)![0]).sort()).toEqual(subjects.sort())
  })

  test('arrive once at most by SMTP, and those in doubt wait where staff see them', async () => {
    const sink = new MailSink({ seed: 11, refuses: 0.05, keepsSilent: 0.02, recognizes: false })
    const subjects = await queueMany(300)
    await drain(sink)
    const waiting = await left()
    expect(waiting.filter(({ doubtful }) => !doubtful)).toEqual([])
    const missing = subjects.length - sink.arrived.length
    expect(sink.twice).toBe(0)
    expect(missing).toBe(waiting.filter(({ name }) => !sink.has(name)).length)
    expect(waiting.length).toBeGreaterThan(missing) // some did arrive, and nobody could know
    expect(waiting.length).toBeLessThan(30)
  })
})

describe('a claimed letter', () => {
  const begin = (letter: { id: number; lease: string }) =>
    callAs(db, service, 'begin_mail', { p_id: letter.id, p_lease: letter.lease })
  const take = async (args: object = {}) =>
    (await callAs(db, service, 'take_mail', { p_limit: 100, ...args })) as Mail[]

  test('is given by one sender only: a late one cannot begin what another one took', async () => {
    await mail.queue(newAddress(), 'aviso')
    const [late] = await take()
    await mail.wait(3)
    const [next] = await take()
    expect(next!.name).toBe(late!.name)
    expect([await begin(late!), await begin(next!), await begin(next!)]).toEqual([false, true, true])
  })

  test('that was taken back meanwhile is not given', async () => {
    const email = newAddress()
    await mail.queue(email, 'aviso')
    const [letter] = await take()
    await mail.choose(email, 'stop')
    expect(await begin(letter!)).toBe(false)
  })

  test('is tried ten times, later each time and never at the same moment as its neighbours, and then given up with the reason', async () => {
    const waits: number[][] = []
    await queueMany(20)
    for (let attempt = 1; attempt <= 10; attempt++) {
      const letters = await take()
      expect(letters).toHaveLength(20)
      for (const { id } of letters) await mail.settle(id, 'ECONNECTION')
      const { rows } = await db.pool.query<{ wait: string }>(
        'select extract(epoch from leased_until - app.now()) as wait from app.mail_queue',
      )
      waits.push(rows.map(({ wait }) => Number(wait)))
      await mail.wait(300)
    }
    for (const [index, seconds] of waits.slice(0, 8).entries()) {
      const floor = 30 * 2 ** (index + 1)
      expect(Math.min(...seconds)).toBeGreaterThanOrEqual(floor)
      expect(Math.max(...seconds)).toBeLessThanOrEqual(2 * floor)
      expect(new Set(seconds).size).toBeGreaterThan(15)
    }
    expect(await take()).toEqual([])
    const { rows } = await db.pool.query(
      'select distinct last_error, dead_at is not null as dead from app.mail_queue',
    )
    expect(rows).toEqual([{ last_error: 'ECONNECTION', dead: true }])
  })

  test('in doubt is taken again for 20 hours by a sender whose service recognizes it, and by no other', async () => {
    await mail.queue(newAddress(), 'aviso', 'asked')
    const [letter] = await take()
    await begin(letter!)
    await mail.wait(3)
    expect(await take()).toEqual([])
    expect(await take({ p_repeats: true })).toMatchObject([{ name: letter!.name }])
    await mail.wait(20 * 60)
    expect(await take({ p_repeats: true })).toEqual([])
  })
})

describe('at night in central Mexico', () => {
  const at = (clock: string) => fx.setClock(db, clock)
  const NIGHT = ['2026-11-25T03:00:00Z', '2026-11-25T13:59:59Z'] // 21:00, and 7:59 of the next day
  async function subjects() {
    const letters = (await callAs(db, service, 'take_mail', { p_limit: 100, p_quiet: true })) as Mail[]
    for (const { id } of letters) await mail.settle(id)
    return letters.map(({ subject }) => subject).sort()
  }
  const queueAll = async () => {
    for (const [subject, kind, misses] of [
      ['aviso', 'notice', null],
      ['plazo sin hora', 'deadline', null],
      ['plazo de la tarde', 'deadline', '2026-11-25T18:00:00Z'],
      ['plazo de la mañana', 'deadline', '2026-11-25T17:59:00Z'],
      ['código', 'asked', null],
    ])
      await db.pool.query('select app.queue_mail($1, $2, $2, app.now(), p_class => $3, p_misses => $4)', [
        newAddress(),
        subject,
        kind,
        misses,
      ])
  }

  test.each(NIGHT)('at %s only codes leave, and what its reader would miss before noon', async (clock) => {
    await at(clock)
    await queueAll()
    expect(await subjects()).toEqual(['código', 'plazo de la mañana'])
    await at('2026-11-25T14:00:00Z')
    expect(await subjects()).toEqual(['aviso', 'plazo de la tarde', 'plazo sin hora'])
  })

  test('everything leaves from 8:00 to 21:00', async () => {
    await at('2026-11-25T02:59:59Z')
    await queueAll()
    expect(await subjects()).toHaveLength(5)
  })
})
