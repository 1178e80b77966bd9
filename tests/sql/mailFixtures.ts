/** A sender of letters with a clock of its own, and what the owner of an address does. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

export interface Letter {
  id: number
  to: string
  subject: string
  body: string
  asks: boolean
  token: string | null
}

export type Mailbox = ReturnType<typeof createMailbox>

export const newAddress = () => `${randomUUID()}@correo.mx`

export function createMailbox(db: TestDatabase) {
  const start = Date.now()
  let minutes = 0

  /** Moves the clock on, or back to the start. */
  async function wait(more: number, anew = false) {
    minutes = anew ? 0 : minutes + more
    await fx.setClock(db, new Date(start + minutes * 60_000).toISOString())
  }

  const take = async () => (await callAs(db, service, 'take_mail', { p_limit: 100 })) as Letter[]
  const settle = (id: number, p_error: string | null = null) =>
    callAs(db, service, 'settle_mail', { p_id: id, p_error })

  /** Sends what is due now, and what waits for up to `days` more. */
  async function sendAll(days = 0): Promise<Letter[]> {
    const sent: Letter[] = []
    for (let hours = 0; hours <= days * 24; hours += 4) {
      if (hours > 0) await wait(240)
      for (const letter of await take()) {
        await settle(letter.id)
        sent.push(letter)
      }
    }
    return sent
  }

  const queue = (to: string, subject: string, kind = 'notice') =>
    db.pool.query('select app.queue_mail($1, $2, $3, app.now(), p_class => $4)', [
      to,
      subject,
      `Texto de ${subject}.`,
      kind,
    ])
  const tokenOf = async (email: string) =>
    (await db.pool.query<{ token: string }>('select app.mail_token(app.address_key($1)) as token', [email]))
      .rows[0]!.token
  const choose = async (email: string, p_choice: string) =>
    callAs(db, anon, 'choose_mail', { p_token: await tokenOf(email), p_choice })

  return { now: () => minutes, wait, take, settle, sendAll, queue, tokenOf, choose }
}

/** Gives the tests of a file a database with a mailbox. Each begins at the start of its clock, without letters. */
export function useMailbox(take: (db: TestDatabase, mail: Mailbox) => void): void {
  let db: TestDatabase
  let mail: Mailbox
  beforeAll(async () => {
    db = await createTestDatabase()
    mail = createMailbox(db)
    take(db, mail)
  })
  beforeEach(() => mail.wait(0, true))
  afterEach(async () => {
    await fx.setClock(db, null)
    await db.pool.query('delete from app.mail_queue')
  })
  afterAll(() => db.drop())
}
