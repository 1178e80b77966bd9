/**
 * Letters by an HTTP mail service that takes what Resend takes: a POST of JSON with a bearer key, and a header
 * `Idempotency-Key`, by which it recognizes for 24 hours a letter that it took before.
 */
import { NotTaken } from './handler.ts'
import type { Letter } from './letter.ts'

export interface MailService {
  url: string
  key: string
  /** Who writes while the institution has no address. */
  fallback: string
}

const TIMEOUT_MS = 20_000

/** The function `send` of the handler. */
export const serviceSender =
  ({ url, key, fallback }: MailService) =>
  async ({ name, from, to, subject, body, html, headers }: Letter): Promise<void> => {
    const sender = from ? `"${from.name.replaceAll(/["\\\r\n]/gu, ' ')}" <${from.address}>` : fallback
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': name,
      },
      // The tag comes back in what the service tells later (mail-events).
      body: JSON.stringify({
        from: sender,
        to: [to],
        subject,
        text: body,
        html,
        headers,
        tags: [{ name: 'letter', value: name }],
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw new NotTaken('no_answer', 'unknown')
    })
    await response.body?.cancel()
    if (response.ok) return
    const { status } = response
    // 409: the same letter is being taken now. 5xx: a gateway may answer for a service that took it.
    throw new NotTaken(`http_${status}`, status === 409 || status >= 500 ? 'unknown' : 'failed')
  }
