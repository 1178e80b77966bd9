/** What pg_cron and a scheduled function do in production: deadlines, sweeping, mail and videos, every few seconds. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { createHandler, type Mail } from '../functions/send-mail/handler'
import type { Inbox } from './inbox'
import { SECRET_KEY } from './keys'
import { createVerifyMedia } from './media'
import { asService } from './service'

const EVERY_MS = 5_000

export interface Jobs {
  /** The function send-mail with the inbox as its transport. */
  sendMail(request: Request): Promise<Response>
  /** The function verify-media on this backend's own storage. */
  verifyMedia(request: Request): Promise<Response>
  /** Ends the timer and waits for the round that runs. */
  stop(): Promise<void>
}

/** Starts the rounds. One that fails is said once, until a round fails otherwise, and the next is tried. */
export function startJobs(
  pool: pg.Pool,
  inbox: Inbox,
  address: () => string | null,
  say: (line: string) => void,
): Jobs {
  const functions = { sendMail: mailer(pool, inbox), verifyMedia: createVerifyMedia(pool, address) }
  const ending = new AbortController()
  const rounds = (async () => {
    let lastFailure = ''
    while (!ending.signal.aborted) {
      const failure = await round(pool, functions)
      if (failure && failure !== lastFailure) say(failure)
      lastFailure = failure
      await wait(EVERY_MS, null, { signal: ending.signal }).catch(() => undefined) // woken to end
    }
  })()
  return {
    ...functions,
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

/** One round of everything. Answers why it failed, or ''. */
async function round(pool: pg.Pool, { sendMail, verifyMedia }: Omit<Jobs, 'stop'>): Promise<string> {
  try {
    await asService(pool, 'select public.run_due_jobs() as result', [])
    const call = { method: 'POST', headers: { apikey: SECRET_KEY } }
    await sendMail(new Request('http://localhost/functions/v1/send-mail', call))
    await verifyMedia(new Request('http://localhost/functions/v1/verify-media', call))
    return ''
  } catch (error) {
    return `Tareas: ${(error as Error).message}`
  }
}
