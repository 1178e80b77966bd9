/**
 * The only address that the browser knows: the pages, the API of the embedded backend, and the routes that a
 * benchmark adds. HTTP/1.1, or HTTP/2 over TLS as a hosted project uses it.
 */
import { createReadStream, existsSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import path from 'node:path'
import { selfSigned } from './certificate'

type Incoming = http.IncomingMessage
type Outgoing = http.ServerResponse

/** Answers the request and returns true, or returns false. */
export type Route = (incoming: Incoming, outgoing: Outgoing) => boolean | Promise<boolean>

export interface Front {
  readonly origin: string
  readonly port: number
  close(): Promise<void>
}

export interface FrontOptions {
  /** A folder of `buildPages`. */
  pages?: string
  /** The embedded backend's address. */
  api?: string
  /** Routes that are asked first, in order. */
  routes?: Route[]
  tls?: boolean
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}
const HTML = `<!doctype html><html lang="es"><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<button id="tap">Enviar</button><input id="file" type="file"><div id="root"></div>
<script type="module" src="main.js"></script></html>`

/** Serves the page at `/name/` and its files at `/name/x.js`. */
function servePages(folder: string): Route {
  return (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://x')
    const [, page = '', ...rest] = pathname.split('/')
    if (incoming.method !== 'GET' || !existsSync(path.join(folder, page || '-'))) return false
    const file = path.join(folder, page, ...rest)
    if (rest.join('') === '') {
      outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(HTML)
      return true
    }
    if (!file.startsWith(folder) || !existsSync(file)) return false
    outgoing.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(outgoing)
    return true
  }
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

/** Keeps connections to the backend open, as a gateway does. */
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

const withoutHops = (headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith(':') && !HOP_BY_HOP.has(name)),
  )

const hostOf = ({ headers }: Incoming) => headers.host ?? String(headers[':authority'] ?? '')

/** Forwards a request to the backend and its answer back. */
export function forwardTo(api: string): Route {
  const { hostname, port } = new URL(api)
  return (incoming, outgoing) => {
    // Keeps the phone's host name, because the addresses that the backend returns start with it.
    const headers = { ...withoutHops(incoming.headers), host: hostOf(incoming) }
    const onward = http.request({
      agent,
      hostname,
      port,
      method: incoming.method,
      path: incoming.url,
      headers,
    })
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers))
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => outgoing.writableFinished || onward.destroy())
    incoming.pipe(onward)
    return true
  }
}

/** Starts the front on a free loopback port. */
export async function startFront({ pages, api, routes = [], tls = false }: FrontOptions): Promise<Front> {
  const all = [...routes, ...(pages ? [servePages(pages)] : []), ...(api ? [forwardTo(api)] : [])]
  const answer = async (incoming: Incoming, outgoing: Outgoing) => {
    for (const route of all) if (await route(incoming, outgoing)) return
    outgoing.writeHead(404).end()
  }
  const listener = (incoming: unknown, outgoing: unknown) =>
    void answer(incoming as Incoming, outgoing as Outgoing).catch(() => (outgoing as Outgoing).destroy())
  const server = tls
    ? http2.createSecureServer({ ...selfSigned(), allowHTTP1: true }, listener)
    : http.createServer({ keepAliveTimeout: 60_000 }, listener)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  })
  server.on('sessionError', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    close: () => {
      sockets.forEach((socket) => socket.destroy())
      return new Promise((done) => server.close(() => done()))
    },
  }
}

/** The whole body of a request. */
export async function bodyOf(incoming: Incoming): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
