/** Runs every few seconds what pg_cron and a schedule run in production: due jobs, mail, videos, files and signatures. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { secretHeader } from '../functions/_shared/callerSecret'
import { createHandler, type Mail } from '../functions/send-mail/handler'
import { pusherOf } from '../functions/send-mail/push'
import { createVerifyFiles } from './files'
import type { Inbox } from './inbox'
import type { SecretKeys } from './keys'
import { createVerifyMedia } from './media'
import { createOpenData } from './openData'
import { asService } from './service'

const EVERY_MS = 5_000

export interface Jobs {
  /** The function send-mail with the inbox as its transport. */
  sendMail(request: Request): Promise<Response>
  /** The function verify-media on this backend's own storage. */
  verifyMedia(request: Request): Promise<Response>
  /** The function verify-files, the same way. */
  verifyFiles(request: Request): Promise<Response>
  /** The function open-data, on this backend's own storage. */
  openData(request: Request): Promise<Response>
  /** The function sign. */
  sign(request: Request): Promise<Response>
  /** Ends the timer and waits for the current round. */
  stop(): Promise<void>
}

/** Starts the rounds. A failure is told once, until another one follows, and the next round runs anyway. */
export function startJobs(
  pool: pg.Pool,
  keys: SecretKeys,
  inbox: Inbox,
  address: () => string | null,
  say: (line: string) => void,
  sign: Jobs['sign'],
): Jobs {
  const functions = {
    sendMail: mailer(pool, keys, inbox, address),
    verifyMedia: createVerifyMedia(pool, keys, address),
    verifyFiles: createVerifyFiles(pool, keys, address),
    openData: createOpenData(pool, keys, address),
    sign,
  }
  const ending = new AbortController()
  const rounds = (async () => {
    let lastFailure = ''
    while (!ending.signal.aborted) {
      const failure = await round(pool, keys, functions)
      if (failure && failure !== lastFailure) say(failure)
      lastFailure = failure
      await wait(EVERY_MS, null, { signal: ending.signal }).catch(() => undefined) // `stop` aborts it
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

const mailer = (
  pool: pg.Pool,
  { jobsSecret, pushKeys }: SecretKeys,
  inbox: Inbox,
  address: () => string | null,
) =>
  createHandler({
    callerSecret: jobsSecret,
    // The inbox rings for nobody, and shows a letter once however often it gets it.
    takeMail: async (limit) =>
      (await asService<Mail[]>(pool, 'select public.take_mail($1, p_repeats => true) as result', [limit])) ??
      [],
    beginMail: async ({ id, lease }) =>
      (await asService<boolean>(pool, 'select public.begin_mail($1, $2) as result', [id, lease])) ?? false,
    settleMail: async (id, error) => {
      const outcome = [id, error?.code ?? null, error?.meaning ?? 'failed']
      await asService(pool, 'select public.settle_mail($1, $2, $3)::text as result', outcome)
    },
    places: () => {
      const app = address()
      return app === null ? null : { app, functions: `${app}/functions/v1` }
    },
    send: async (letter) => inbox.deliver(letter),
    phones: {
      ...pusherOf({ ...pushKeys, subject: 'mailto:nadie@institucion.example' }),
      keepKey: async (key) => {
        await asService<boolean>(pool, 'select public.keep_push_key($1) as result', [key])
      },
    },
  })

const FAULTS = `select string_agg(f.job || ' (' || f.code || ')', ', ' order by f.job) as failing
  from app.job_faults f where f.times > 1`

/** Runs everything once. Answers why it failed, or ''. Never rejects. */
async function round(
  pool: pg.Pool,
  { jobsSecret }: SecretKeys,
  functions: Omit<Jobs, 'stop'>,
): Promise<string> {
  try {
    await pool.query('call app.run_each_due_job()')
    const call = { method: 'POST', headers: secretHeader(jobsSecret) }
    for (const run of [
      functions.sign,
      functions.sendMail,
      functions.verifyMedia,
      functions.verifyFiles,
      functions.openData,
    ])
      await run(new Request('http://localhost/functions/v1/', call))
    const { rows } = await pool.query<{ failing: string | null }>(FAULTS)
    return rows[0]?.failing ? `Tareas: ${rows[0].failing}` : ''
  } catch (error) {
    return `Tareas: ${(error as Error).message}`
  }
}
