/** The one place where requests enter: each gets an HTTP answer, and none ends the process. */
import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { compressed } from './compress'
import { describeFault } from './faults'
import { addressOf, headOf, json, METHODS, preflight, sendResponse, toRequest, withCors } from './http'
import { type createRoutes, type Route, routeOf } from './routes'
import type { StorageServer } from './storage'

/** Serves what the backend does not own. */
export type Otherwise = (incoming: IncomingMessage, outgoing: ServerResponse) => void

interface Door {
  routes: ReturnType<typeof createRoutes>
  storage: StorageServer
  /** Whether the database answers. */
  isUp: () => boolean
  say: (line: string) => void
}

/**
 * Answers 400 to an address that cannot be read, 405 to a method that nobody serves, 503 without a database, and
 * 500 to a fault, which is logged without what the request carried. Never rejects.
 */
export function createAnswer(door: Door) {
  return async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    otherwise?: Otherwise,
  ): Promise<void> => {
    let route: Route | null = null
    try {
      if (incoming.method === 'OPTIONS' && incoming.url === '*') return void end(outgoing, 204)
      const address = addressOf(incoming)
      if (!address) return void end(outgoing, 400)
      route = routeOf(address.pathname)
      if (route === 'inbox' && !isNearby(incoming)) return void end(outgoing, 404)
      if (route === null && otherwise) return otherwise(incoming, outgoing)
      incoming.url = address.pathname + address.search // a whole URL as its path: libraries expect no other form
      await respond(door, route, incoming, outgoing)
    } catch (error) {
      if (outgoing.destroyed || incoming.errored) return void outgoing.destroy() // the client hung up
      door.say(`${incoming.method} /${route ?? ''}: ${describeFault(error)}`)
      if (outgoing.headersSent) outgoing.destroy()
      else await sendResponse(withCors(json(500, { message: 'Internal server error' })), outgoing)
    }
  }
}

/** Whether the browser runs on this machine: a tunnel names another host, or says for whom it forwards. */
const isNearby = ({ headers }: IncomingMessage): boolean =>
  /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/iu.test(headers.host ?? '') &&
  !['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some((name) => name in headers)

function end(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status, { allow: METHODS.join(', '), 'content-length': 0 })
  outgoing.end()
}

/** The reads that everybody may make by GET and caches may keep (`PublicRead` of src/domain/kinds.ts). */
const PUBLIC_READS = [
  'bootstrap',
  'institution_logo',
  'list_bodies',
  'published_propuestas',
  'published_videos',
]

/** Whether an answer may hold personal data or a secret: every one but a public read without a token. */
const isPrivate = (route: Route | null, request: Request | null): boolean =>
  route !== 'rest' ||
  !request ||
  !['GET', 'HEAD'].includes(request.method) ||
  request.headers.has('authorization') ||
  !PUBLIC_READS.some((name) => new URL(request.url).pathname === `/rest/v1/rpc/${name}`)

async function respond(
  { routes, storage, isUp }: Door,
  route: Route | null,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (!METHODS.includes(incoming.method ?? '')) return end(outgoing, 405)
  if (incoming.method === 'OPTIONS' && route !== 'inbox')
    return await sendResponse(preflight(headOf(incoming)), outgoing)
  if (!isUp()) return await sendResponse(withCors(json(503, { message: 'Database unavailable' })), outgoing)
  if (route === 'storage') return await storage.handle(incoming, outgoing)
  const request = await toRequest(incoming)
  const response = !request
    ? json(413, { message: 'Request body too large' })
    : route === null
      ? json(404, { message: 'Not found' })
      : await routes[route](request)
  if (isPrivate(route, request)) response.headers.set('cache-control', 'no-store')
  const sent = request && route === 'rest' ? await compressed(request, response) : response
  await sendResponse(route === 'inbox' ? sent : withCors(sent), outgoing, incoming.method)
}

/** `CONNECT` reaches no handler; without this it would get no answer. */
export function refuseTunnels(server: EventEmitter): void {
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
}
