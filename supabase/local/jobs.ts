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
  const sendMail = createHandler({
    secretKey: SECRET_KEY,
    takeMail: async (limit) =>
      (await asService<Mail[]>(pool, 'select to_jsonb(public.take_mail($1)) as result', [limit])) ?? [],
    settleMail: async (id, error) => {
      await asService(pool, 'select public.settle_mail($1, $2)::text as result', [id, error])
    },
    send: async (mail) => inbox.deliver(mail),
  })
  let lastFailure = ''
  const round = async () => {
    try {
      await asService(pool, 'select public.run_due_jobs() as result', [])
      await sendMail(
        new Request('http://local/functions/v1/send-mail', {
          method: 'POST',
          headers: { apikey: SECRET_KEY },
        }),
      )
      lastFailure = ''
    } catch (error) {
      const failure = `Tareas: ${(error as Error).message}`
      if (failure !== lastFailure) say(failure)
      lastFailure = failure
    }
  }
  const ending = new AbortController()
  const rounds = (async () => {
    while (!ending.signal.aborted) {
      await round()
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
