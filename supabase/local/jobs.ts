/** What pg_cron and a scheduled function do in production: deadlines, sweeping, and mail, every few seconds. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { createHandler, type Mail } from '../functions/send-mail/handler'
import type { Inbox } from './inbox'
import { SECRET_KEY } from './keys'

const EVERY_MS = 5_000

export interface Jobs {
  /** The function send-mail with the inbox as its transport. */
  sendMail(request: Request): Promise<Response>
  /** Ends the timer and waits for the round that runs. */
  stop(): Promise<void>
}

/** Starts the rounds. One that fails is said once, until a round fails otherwise, and the next is tried. */
export function startJobs(pool: pg.Pool, inbox: Inbox, say: (line: string) => void): Jobs {
  const sendMail = mailer(pool, inbox)
  const ending = new AbortController()
  const rounds = (async () => {
    let lastFailure = ''
    while (!ending.signal.aborted) {
      const failure = await round(pool, sendMail)
      if (failure && failure !== lastFailure) say(failure)
      lastFailure = failure
      await wait(EVERY_MS, null, { signal: ending.signal }).catch(() => undefined) // woken to end
    }
  })()
  return {
    sendMail,
    stop: async () => {
      ending.abort()
      await rounds
    },
  }
}

const mailer = (pool: pg.Pool, inbox: Inbox) =>
  createHandler({
    secretKey: SECRET_KEY,
    takeMail: async (limit) =>
      (await asService<Mail[]>(pool, 'select public.take_mail($1) as result', [limit])) ?? [],
    settleMail: async (id, error) => {
      await asService(pool, 'select public.settle_mail($1, $2)::text as result', [id, error])
    },
    send: async (mail) => inbox.deliver(mail),
  })

/** One round of jobs and mail. Answers why it failed, or ''. */
async function round(pool: pg.Pool, sendMail: Jobs['sendMail']): Promise<string> {
  try {
    await asService(pool, 'select public.run_due_jobs() as result', [])
    const headers = { apikey: SECRET_KEY }
    await sendMail(new Request('http://localhost/functions/v1/send-mail', { method: 'POST', headers }))
    return ''
  } catch (error) {
    return `Tareas: ${(error as Error).message}`
  }
}

async function asService<T>(pool: pg.Pool, sql: string, values: unknown[]): Promise<T | undefined> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      "select set_config('role', 'service_role', true), set_config('request.jwt.claims', $1, true)",
      ['{"role":"service_role"}'],
    )
    const { rows } = await client.query<{ result: T }>(sql, values)
    await client.query('commit')
    return rows[0]?.result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
