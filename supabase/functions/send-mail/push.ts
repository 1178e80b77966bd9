/** Pushes to phones (RFC 8030), encrypted for each (RFC 8291, aes128gcm) and signed with this project's keys (RFC 8292). */
import webPush from 'web-push'
import { NotTaken, type Pusher } from './handler.ts'

interface PushKeys {
  /** base64url, as `web-push generate-vapid-keys` prints them. */
  publicKey: string
  privateKey: string
  /** Where a push service finds who sends: an address `https:` or `mailto:`. */
  subject: string
}

const TIMEOUT_MS = 20_000
/** How long a service keeps a push for a phone that is off. */
const KEPT_S = 3 * 24 * 3600
/** The service knows no such subscription any more. */
const GONE = new Set([404, 410])

export const pusherOf = ({ publicKey, privateKey, subject }: PushKeys): Pusher => ({
  publicKey,
  push: async ({ name, subject: title, body, locale, push: { endpoint, p256dh, auth } }) => {
    const { headers, body: sealed } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify({ title, body, lang: locale }),
      {
        vapidDetails: { subject, publicKey, privateKey },
        TTL: KEPT_S,
        contentEncoding: 'aes128gcm',
        topic: name.replaceAll('-', ''), // a repeated push takes the place of the first
      },
    )
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: new Uint8Array(sealed!),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw new NotTaken('no_answer', 'unknown')
    })
    await response.body?.cancel()
    if (response.ok) return
    throw new NotTaken(`http_${response.status}`, GONE.has(response.status) ? 'rejected' : 'failed')
  },
})
