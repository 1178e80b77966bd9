/**
 * The entry point on Supabase. Secrets to set with `supabase secrets set`: JOBS_SECRET, which the schedule shows, and
 * APP_URL, where the app is served, MAIL_FROM, SMTP_HOST, SMTP_PORT (465 by default), SMTP_USER, SMTP_PASS. Letters come
 * from the address in «Instituto», and from MAIL_FROM until somebody wrote it; SMTP must allow both.
 */
import nodemailer from 'nodemailer'
import { callDatabase, projectOf, required } from '../_shared/project.ts'
import { createHandler, type Mail } from './handler.ts'

const environment = (name: string) => Deno.env.get(name)
const project = projectOf(environment)
const app = required(environment, 'APP_URL').replace(/\/$/u, '')
const fallback = required(environment, 'MAIL_FROM')
const port = Number(environment('SMTP_PORT') ?? 465)

const transport = nodemailer.createTransport({
  host: required(environment, 'SMTP_HOST'),
  port,
  secure: port === 465,
  auth: { user: required(environment, 'SMTP_USER'), pass: required(environment, 'SMTP_PASS') },
})

Deno.serve(
  createHandler({
    callerSecret: required(environment, 'JOBS_SECRET'),
    takeMail: (limit) => callDatabase<Mail[]>(project, 'take_mail', { p_limit: limit }),
    settleMail: (id, error) => callDatabase<void>(project, 'settle_mail', { p_id: id, p_error: error }),
    places: () => ({ app, functions: `${project.url}/functions/v1` }),
    send: async ({ from, to, subject, body, headers }) => {
      await transport.sendMail({ from: from ?? fallback, to, subject, text: body, headers })
    },
  }),
)
