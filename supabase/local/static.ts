/** Serves the built app as a static host would: real files, `index.html` for navigations, 404 for the rest. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { headersFor, parseHeaders } from './headers'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const COMPRESSED = /\.(css|html|js|json|svg|txt|webmanifest)$/

interface Served {
  body: Buffer
  gzip: Buffer | null
  etag: string
}

/** A handler for the folder. `_headers` in it says which headers each path gets. */
export function serveFolder(folder: string): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const list = path.join(folder, '_headers')
  const rules = existsSync(list) ? parseHeaders(readFileSync(list, 'utf8')) : []
  const cache = new Map<string, Served>()
  return (incoming, outgoing) => {
    const pathname = pathOf(incoming)
    const file = pathname && findFile(folder, pathname, incoming)
    const headers = headersFor(rules, file ? `/${path.relative(folder, file)}` : (pathname ?? '/'))
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD')
      return end(outgoing, 405, { ...headers, allow: 'GET, HEAD' })
    if (!file) return end(outgoing, 404, { ...headers, 'cache-control': 'no-store' })
    const served = readFile(file, cache)
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream'
    const common = { ...headers, 'content-type': type, etag: served.etag, vary: 'Accept-Encoding' }
    if (incoming.headers['if-none-match'] === served.etag) return end(outgoing, 304, common)
    const body = wantsGzip(incoming) ? served.gzip : null
    outgoing.writeHead(200, {
      ...common,
      ...(body ? { 'content-encoding': 'gzip' } : {}),
      'content-length': (body ?? served.body).length,
    })
    outgoing.end(incoming.method === 'HEAD' ? undefined : (body ?? served.body))
  }
}

function pathOf(incoming: IncomingMessage): string | null {
  try {
    const pathname = decodeURIComponent(new URL(incoming.url ?? '/', 'http://127.0.0.1').pathname)
    return pathname.includes('\0') ? null : path.posix.normalize(pathname)
  } catch {
    return null // a broken percent escape
  }
}

/** The file itself, or `index.html` when a person goes to a page of the app. `_headers` is nobody's page. */
function findFile(folder: string, pathname: string, incoming: IncomingMessage): string | null {
  const file = path.join(folder, pathname)
  const inside = file.startsWith(folder + path.sep) && pathname !== '/_headers'
  if (inside && statSync(file, { throwIfNoEntry: false })?.isFile()) return file
  const isPage = !pathname.startsWith('/assets/') && path.posix.extname(pathname) === ''
  return isPage && incoming.headers.accept?.includes('text/html') ? path.join(folder, 'index.html') : null
}

/** Read again when the file changes: a new build under a running server is served as it is. */
function readFile(file: string, cache: Map<string, Served>): Served {
  const { mtimeMs, size } = statSync(file)
  const etag = `"${Math.round(mtimeMs).toString(36)}-${size.toString(36)}"`
  const cached = cache.get(file)
  if (cached?.etag === etag) return cached
  const body = readFileSync(file)
  const served = { body, gzip: COMPRESSED.test(file) ? gzipSync(body) : null, etag }
  cache.set(file, served)
  return served
}

const wantsGzip = (incoming: IncomingMessage) =>
  /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''))

function end(outgoing: ServerResponse, status: number, headers: Record<string, string>): void {
  outgoing.writeHead(status, headers)
  outgoing.end()
}
