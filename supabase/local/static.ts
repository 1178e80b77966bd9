/** Serves the built app as a static host does: real files, `index.html` for navigations, 404 for the rest. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { headersFor, parseHeaders } from './headers'
import { addressOf } from './http'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const COMPRESSED = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/

interface Served {
  body: Buffer
  gzip: Buffer | null
  etag: string
}

/** A handler for the folder that never throws. `_headers` in it says which headers each path gets. */
export function serveFolder(folder: string): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const list = path.join(folder, '_headers')
  const rules = existsSync(list) ? parseHeaders(readFileSync(list, 'utf8')) : []
  const cache = new Map<string, Served>()
  return (incoming, outgoing) => {
    const pathname = pathOf(incoming)
    if (pathname === null) return end(outgoing, 400, {})
    const file = findFile(folder, pathname, incoming)
    const headers = headersFor(rules, file ? `/${path.relative(folder, file)}` : pathname)
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD')
      return end(outgoing, 405, { ...headers, allow: 'GET, HEAD' })
    const served = file && readFile(file, cache)
    if (!file || !served) return end(outgoing, 404, { ...headers, 'cache-control': 'no-store' })
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

/** The path without percent escapes and dots. Null for an address that names no path. */
function pathOf(incoming: IncomingMessage): string | null {
  try {
    const pathname = decodeURIComponent(addressOf(incoming)!.pathname)
    return pathname.includes('\0') ? null : path.posix.normalize(pathname)
  } catch {
    return null
  }
}

/**
 * The file itself; for a navigation the page of that name (`/c/x` is `c/x.html`), what `_redirects` names, or `index.html`.
 * `_headers` and `_redirects` belong to the host and are not served.
 */
function findFile(folder: string, pathname: string, incoming: IncomingMessage): string | null {
  const index = path.join(folder, 'index.html')
  if (pathname === '/') return index
  if (pathname === '/_headers' || pathname === '/_redirects') return null
  const file = path.join(folder, pathname)
  if (!file.startsWith(folder + path.sep)) return null
  if (isFile(file)) return file
  if (!isPage(pathname) || !isNavigation(incoming)) return null
  return [`${file}.html`, ...rewritten(folder, pathname)].find(isFile) ?? index
}

/** The files of the rules of `_redirects` that answer an address with another document (`/c/x/* /c/x.html 200`). */
function rewritten(folder: string, pathname: string): string[] {
  const list = path.join(folder, '_redirects')
  if (!existsSync(list)) return []
  const rules = readFileSync(list, 'utf8').matchAll(/^(\/\S*\/)\* (\/\S+\.html) 200$/gmu)
  return [...rules].flatMap(([, from, to]) => (pathname.startsWith(from!) ? [path.join(folder, to!)] : []))
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile()
  } catch {
    return false // not there, or a name that no file can have
  }
}

/**
 * Pages of the app have no extension: what has one is a file that is missing. A `#` in the path came as `%23` or
 * `%2523`, from a mail client, and ends it.
 */
const isPage = (address: string) => {
  const [pathname = ''] = address.split(/#|%23/u)
  return (
    !pathname.startsWith('/assets/') && !/(^|\/)\./u.test(pathname) && path.posix.extname(pathname) === ''
  )
}

/** Browsers say what they fetch for (`Sec-Fetch-Mode`); other clients navigate when they accept HTML. */
const isNavigation = ({ headers }: IncomingMessage) =>
  (headers['sec-fetch-mode'] ?? 'navigate') === 'navigate' && acceptsHtml(headers.accept ?? '*/*')

/** RFC 9110, 12.5.1: the most specific range decides, and q=0 excludes. */
function acceptsHtml(accept: string): boolean {
  const weights = new Map(
    accept.split(',').map((entry) => {
      const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return [range, q === undefined ? 1 : Number(q.slice(2))]
    }),
  )
  const ranges = ['text/html', 'text/*', '*/*']
  return (ranges.map((range) => weights.get(range)).find((q) => q !== undefined) ?? 0) > 0
}

/** Reads a file again when it changed, so that a running server serves a new build. Null when it is gone. */
function readFile(file: string, cache: Map<string, Served>): Served | null {
  try {
    const { mtimeMs, size } = statSync(file)
    const etag = `"${Math.round(mtimeMs).toString(36)}-${size.toString(36)}"`
    const cached = cache.get(file)
    if (cached?.etag === etag) return cached
    const body = readFileSync(file)
    const served = { body, gzip: COMPRESSED.test(file) ? gzipSync(body) : null, etag }
    cache.set(file, served)
    return served
  } catch {
    return null // a build is replacing it
  }
}

const wantsGzip = (incoming: IncomingMessage) =>
  /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''))

function end(outgoing: ServerResponse, status: number, headers: Record<string, string>): void {
  outgoing.writeHead(status, headers)
  outgoing.end()
}
