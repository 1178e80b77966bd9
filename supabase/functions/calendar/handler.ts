/**
 * Calendars that subscribe: `?campaign=<slug>` answers the days of a campaign, `?key=<key>` those of one registration, as
 * iCalendar. A program that holds the newest answer gets 304. Portable: Deno serves it in production, and the embedded
 * backend calls it in-process.
 */
import { answer } from '../_shared/callerSecret.ts'
import { type CalendarDay, formatFeed } from '../_shared/ics.ts'

/** A feed as the database answers it. */
export interface Feed {
  name: string
  description: string
  page: string
  organiser: { name: string; email: string | null }
  events: {
    submission: string | null
    version: number
    jornada: CalendarDay
    summary: string
    description: string
    is_cancelled: boolean
  }[]
}

/** `unknown`: no such address, or it was revoked. `too_many`: this caller reads it too often. */
export type Refused = { refused: 'unknown' | 'too_many' }

interface Asked {
  campaign: string | null
  key: string | null
  /** Who calls, as the edge and the proxies say. */
  direct: string | null
  hops: string | null
}

export interface Collaborators {
  /** Where the app is served, without a final slash, or null while nobody knows. */
  app(): string | null
  read(asked: Asked): Promise<Feed | Refused>
}

/** Calendars ask again after this time at the earliest. */
const MAX_AGE_S = 15 * 60

export const createHandler =
  ({ app, read }: Collaborators) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(405, { message: 'Method not allowed' })
    const origin = app()
    if (origin === null) return answer(503, { message: 'APP_URL is not set' })
    const { searchParams } = new URL(request.url)
    const key = searchParams.get('key')
    const feed = await read({
      campaign: searchParams.get('campaign'),
      key,
      direct: request.headers.get('cf-connecting-ip'),
      hops: request.headers.get('x-forwarded-for'),
    })
    if ('refused' in feed) return refuse(feed.refused)
    const headers = {
      // Weak: the creation times in two answers of one content differ.
      etag: `W/"${await hashOf(JSON.stringify([origin, feed]))}"`,
      'cache-control': `${key === null ? 'public' : 'private'}, max-age=${MAX_AGE_S}`,
    }
    if (isKnown(request.headers.get('if-none-match'), headers.etag))
      return new Response(null, { status: 304, headers })
    const body = request.method === 'HEAD' ? null : textOf(feed, origin)
    return new Response(body, {
      status: 200,
      headers: {
        ...headers,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="calendario.ics"',
        'x-content-type-options': 'nosniff',
      },
    })
  }

function refuse(why: Refused['refused']): Response {
  if (why === 'unknown') return answer(404, { message: 'Not found' })
  const response = answer(429, { message: 'Too many requests' })
  response.headers.set('retry-after', '3600')
  return response
}

const textOf = ({ organiser, events, ...feed }: Feed, origin: string): string =>
  formatFeed({
    ...feed,
    origin,
    organiser: {
      name: organiser.name,
      email: organiser.email ?? `no-responder@${new URL(origin).hostname}`,
    },
    now: new Date(),
    events: events.map(({ is_cancelled, ...event }) => ({ ...event, isCancelled: is_cancelled })),
  })

/** The comparison of `If-None-Match` is weak (RFC 9110, 13.1.2). */
const isKnown = (held: string | null, etag: string): boolean =>
  held?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//u, '') === etag.slice(2)) ??
  false

async function hashOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(hash.slice(0, 16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
