/**
 * The entry point on Supabase. Secrets to set with `supabase secrets set`: JOBS_SECRET, which the schedule shows, APP_URL,
 * where the app is served, MAIL_FROM, and either SMTP_HOST, SMTP_PORT (465 by default), SMTP_USER, SMTP_PASS, or MAIL_API_URL
 * and MAIL_API_KEY. Letters come from the address in «Instituto», and from MAIL_FROM until somebody wrote it; the service
 * must allow both. PUSH_KEYS, where phones may be told by push: JSON of the two keys that `npx web-push generate-vapid-keys
 * --json` prints.
 */
import { callDatabase, projectOf, required } from '../_shared/project.ts'
import { createHandler, type Mail } from './handler.ts'
import { pusherOf } from './push.ts'
import { serviceSender } from './service.ts'
import { smtpSender } from './smtp.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)
const app = required(environment, 'APP_URL').replace(/\/$/u, '')
const fallback = required(environment, 'MAIL_FROM')
const api = environment('MAIL_API_URL')

const send = api
  ? serviceSender({ url: api, key: required(environment, 'MAIL_API_KEY'), fallback })
  : smtpSender({
      host: required(environment, 'SMTP_HOST'),
      port: Number(environment('SMTP_PORT') ?? 465),
      login: { user: required(environment, 'SMTP_USER'), pass: required(environment, 'SMTP_PASS') },
      fallback,
    })

const pushKeys = environment('PUSH_KEYS')

Deno.serve(
  createHandler({
    callerSecret: required(environment, 'JOBS_SECRET'),
    takeMail: (limit) =>
      callDatabase<Mail[]>(project, 'take_mail', {
        p_limit: limit,
        p_quiet: true,
        p_repeats: api !== undefined,
      }),
    beginMail: ({ id, lease }) => callDatabase<boolean>(project, 'begin_mail', { p_id: id, p_lease: lease }),
    settleMail: (id, error) =>
      callDatabase<void>(project, 'settle_mail', {
        p_id: id,
        p_error: error?.code ?? null,
        p_outcome: error?.meaning ?? 'failed',
      }),
    places: () => ({ app, functions: `${project.url}/functions/v1` }),
    send,
    phones: pushKeys
      ? {
          ...pusherOf({ ...JSON.parse(pushKeys), subject: app }),
          keepKey: async (key) => {
            await callDatabase<boolean>(project, 'keep_push_key', { p_key: key })
          },
        }
      : null,
  }),
)
