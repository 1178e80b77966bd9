/**
 * The entry point on Supabase, which sets SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY. Secrets to set with
 * `supabase secrets set`: SMTP_HOST, SMTP_PORT (465 by default), SMTP_USER, SMTP_PASS, and APP_URL, where the app is
 * served. Letters come from the address in «Instituto», and from MAIL_FROM until somebody wrote it; SMTP must allow both.
 */
import nodemailer from 'nodemailer'
import { createHandler, type Mail } from './handler.ts'

const required = (name: string): string => {
  const value = Deno.env.get(name)
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const url = required('SUPABASE_URL')
const secretKey = required('SUPABASE_SERVICE_ROLE_KEY')
const app = required('APP_URL').replace(/\/$/u, '')
const fallback = required('MAIL_FROM')
const port = Number(Deno.env.get('SMTP_PORT') ?? 465)

const transport = nodemailer.createTransport({
  host: required('SMTP_HOST'),
  port,
  secure: port === 465,
  auth: { user: required('SMTP_USER'), pass: required('SMTP_PASS') },
})

async function rpc<T>(name: string, args: object): Promise<T> {
  const response = await fetch(`${url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  if (!response.ok) throw new Error(`${name} answered ${response.status}`)
  return response.status === 204 ? (undefined as T) : await response.json()
}

Deno.serve(
  createHandler({
    secretKey,
    takeMail: (limit) => rpc<Mail[]>('take_mail', { p_limit: limit }),
    settleMail: (id, error) => rpc<void>('settle_mail', { p_id: id, p_error: error }),
    places: () => ({ app, functions: `${url}/functions/v1` }),
    send: async ({ from, to, subject, body, headers }) => {
      await transport.sendMail({ from: from ?? fallback, to, subject, text: body, headers })
    },
  }),
)
