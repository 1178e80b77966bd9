/** Letters by SMTP. A server does not recognize a letter that it took before: one in doubt is not given again. */
import nodemailer from 'nodemailer'
import { NotTaken } from './handler.ts'
import type { Letter } from './letter.ts'

export interface SmtpServer {
  host: string
  port: number
  /** Null for a server that asks nobody. */
  login: { user: string; pass: string } | null
  /** Who writes while the institution has no address. */
  fallback: string
}

/** The function `send` of the handler. */
export function smtpSender({ host, port, login, fallback }: SmtpServer): (letter: Letter) => Promise<void> {
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: port === 465,
    ...(login && { auth: login }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  })
  return async ({ from, to, subject, body, html, headers }) => {
    const { 'Message-ID': messageId, ...others } = headers
    try {
      await transport.sendMail({
        from: from ?? fallback,
        to,
        subject,
        text: body,
        html,
        messageId: messageId!,
        headers: others,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    } catch (error) {
      throw notTaken(error)
    }
  }
}

interface SmtpError {
  code?: unknown
  command?: unknown
  responseCode?: unknown
  originalCode?: unknown
  timeoutType?: unknown
}

/** Errors of nodemailer from before a server could have the letter. */
const BEFORE = new Set([
  'EDNS',
  'EAUTH',
  'ETLS',
  'ENOAUTH',
  'EOAUTH2',
  'EENVELOPE',
  'EPROTOCOL',
  'ECONFIG',
  'EREQUIRETLS',
])
const BEFORE_TIMEOUTS = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'])
/** RFC 5321: no such mailbox, not of this server, its name is not allowed. */
const NO_MAILBOX = new Set([550, 551, 553])

/**
 * What an error of nodemailer means. An answer of the server is its word that the letter was not taken; silence after the
 * connection was made says nothing. The message is left out, because it may repeat the address.
 */
export function notTaken(error: unknown): NotTaken {
  const { code, command, responseCode, originalCode, timeoutType }: SmtpError =
    typeof error === 'object' && error !== null ? error : {}
  const name = typeof code === 'string' && /^[A-Z0-9_]{1,40}$/u.test(code) ? code : 'send_failed'
  if (typeof responseCode === 'number') {
    const isGone = command === 'RCPT TO' && NO_MAILBOX.has(responseCode)
    return new NotTaken(`${name} ${responseCode}`, isGone ? 'rejected' : 'failed')
  }
  const isBefore =
    BEFORE.has(name) || BEFORE_TIMEOUTS.has(String(timeoutType)) || originalCode === 'ECONNREFUSED'
  return new NotTaken(name, isBefore ? 'failed' : 'unknown')
}
