/** Translates between Node's http and the web's Request and Response, which is all that handlers know. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { pipeline } from 'node:stream/promises'

/** 1 MB, as gateways in front of Supabase allow for a call. */
const BODY_LIMIT = 1_000_000

/** Calls that carry a campaign's file without the bytes of its assets, up to 5 MiB (docs/portable-campaign.md). */
const FILE_LIMIT = 6_000_000
const FILE_CALLS = ['/rest/v1/rpc/preview_import', '/rest/v1/rpc/import_campaign']

const limitOf = (pathname: string) => (FILE_CALLS.includes(pathname) ? FILE_LIMIT : BODY_LIMIT)

/** What the backend serves. `TRACE` and `CONNECT` cannot be a web Request. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': METHODS.join(', '),
  'access-control-expose-headers': [
    'Content-Range, Content-Location, Content-Encoding, Content-Length, Date, ETag, X-Supabase-Api-Version',
    'Location, Tus-Complete, Tus-Resumable, Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset',
  ].join(', '),
  'access-control-max-age': '3600',
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })

/**
 * The address that a request names (RFC 9112, 3.2): a path below the origin in `Host`, or a whole URL. Null for
 * every other target, and for a `Host` that is none.
 */
export function addressOf({ url: target = '/', headers }: IncomingMessage): URL | null {
  const origin = parseUrl(`http://${headers.host || '127.0.0.1'}`)
  if (!origin || origin.href !== `${origin.origin}/`) return null // `Host` carries more than host and port
  const isWhole = /^https?:\/\//iu.test(target)
  const address =
    target.startsWith('/') || isWhole ? parseUrl(isWhole ? target : origin.origin + target) : null
  return address?.username === '' && address.password === '' ? address : null
}

const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

/** The request without its body. Needs a target that `addressOf` understands and a method of `METHODS`. */
export function headOf(incoming: IncomingMessage): Request {
  const { method = 'GET', headers } = incoming
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  return new Request(addressOf(incoming)!, { method, headers: pairs })
}

/** The request with its body. Null when that is larger than the limit. */
export async function toRequest(incoming: IncomingMessage): Promise<Request | null> {
  const head = headOf(incoming)
  const limit = limitOf(new URL(head.url).pathname)
  const body = head.method === 'GET' || head.method === 'HEAD' ? null : await readBody(incoming, limit)
  if (body === 'too large') return null
  return body?.length ? new Request(head, { method: head.method, body: new Uint8Array(body) }) : head
}

/** The whole body, up to `limit` bytes. */
export async function readBody(incoming: IncomingMessage, limit = BODY_LIMIT): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk) // the rest is read too: an unread body would cut off the answer
  }
  return size > limit ? 'too large' : Buffer.concat(chunks)
}

/** Writes a response as its body comes. HEAD has no body. */
export async function sendResponse(
  response: Response,
  outgoing: ServerResponse,
  method = 'GET',
): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (method === 'HEAD' || !response.body) return void outgoing.end()
  await pipeline(Readable.fromWeb(response.body as NodeStream), outgoing)
}

/** Answers the question that browsers ask before a call from another origin. */
export const preflight = (request: Request) =>
  new Response(null, {
    status: 204,
    headers: {
      ...CORS,
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
    },
  })

export function withCors(response: Response): Response {
  for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value)
  return response
}
