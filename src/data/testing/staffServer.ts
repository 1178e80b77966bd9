/** The server that the staff's client meets in tests: every request is kept, and answered as the test says. */
import { vi } from 'vitest'
import { db } from '../db'
import { SESSION_KEY } from '../staff/session'

export interface Sent {
  url: string
  init: RequestInit
  headers: Headers
}

type Reply = () => Response | Promise<Response>

export const reply = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body || null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })

export const noSignal = (): never => {
  throw new TypeError('Failed to fetch')
}

/** A link that carries nothing, until the caller gives up. */
export const stall = ({ init }: Sent): Promise<Response> =>
  new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error))
  })

/** Answers by the part of the address that comes first; asked for anything else it fails the test. */
export function serve(routes: Record<string, (sent: Sent) => Response | Promise<Response>>): Sent[] {
  const requests: Sent[] = []
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const sent = { url: input, init, headers: new Headers(init.headers) }
    requests.push(sent)
    const route = Object.keys(routes).find((part) => input.includes(part))
    if (!route) throw new Error(`nobody expected ${input}`)
    return routes[route]!(sent)
  })
  return requests
}

let sessions = 0

/** A session as supabase-js keeps it. Its refresh token is its own: a failed one is remembered for a minute. */
export function sessionOf(access_token: string, left = 3_600) {
  sessions += 1
  return {
    access_token,
    refresh_token: `refresh-${sessions}`,
    token_type: 'bearer',
    expires_in: left,
    expires_at: Math.floor(Date.now() / 1000) + left,
    user: { id: 'ana', email: 'ana@instituto.example' },
  }
}

/** Signs Ana in on this phone; `left` is in seconds. */
export const keepSession = (access_token: string, left?: number) =>
  db.auth.put({ key: SESSION_KEY, value: JSON.stringify(sessionOf(access_token, left)) })

/** The replies in turn; the last one stays. */
export function inTurn(...replies: Reply[]): Reply {
  let next = 0
  return () => replies[Math.min(next++, replies.length - 1)]!()
}
