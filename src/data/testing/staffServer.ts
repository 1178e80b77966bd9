/** A server for the staff's client in tests. It records every request and answers with the test's replies. */
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

/** A connection that stalls until the caller aborts. */
export const stall = ({ init }: Sent): Promise<Response> =>
  new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error))
  })

/** Stubs `fetch`: the first route whose key is in the address answers. Any other request fails the test. */
export function serve(routes: Record<string, (sent: Sent) => Response | Promise<Response>>): Sent[] {
  const requests: Sent[] = []
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const sent = { url: input, init, headers: new Headers(init.headers) }
    requests.push(sent)
    const route = Object.keys(routes).find((part) => input.includes(part))
    if (!route) throw new Error(`unexpected request: ${input}`)
    return routes[route]!(sent)
  })
  return requests
}

let sessions = 0

/** A session as supabase-js stores it. Each has its own refresh token: supabase-js remembers failed ones for a minute. */
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

/** Stores a session of Ana; `left` is in seconds. */
export const keepSession = (access_token: string, left?: number) =>
  db.auth.put({ key: SESSION_KEY, value: JSON.stringify(sessionOf(access_token, left)) })

/** Gives the replies in order and repeats the last one. */
export function inTurn(...replies: Reply[]): Reply {
  let next = 0
  return () => replies[Math.min(next++, replies.length - 1)]!()
}
