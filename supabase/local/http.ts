/** Node's http on one side, the web's Request and Response on the other: handlers know only the latter. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { pipeline } from 'node:stream/promises'

/** 1 MB, as gateways in front of Supabase allow for a call. */
const BODY_LIMIT = 1_000_000

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
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

/** The request as the web knows it, without its body: whoever wants that reads `incoming`. */
export function headOf(incoming: IncomingMessage): Request {
  const { method = 'GET', headers } = incoming
  const url = new URL(incoming.url ?? '/', `http://${headers.host ?? '127.0.0.1'}`)
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  return new Request(url, { method, headers: pairs })
}

/** The request with its body. Null when that is larger than the limit. */
export async function toRequest(incoming: IncomingMessage): Promise<Request | null> {
  const head = headOf(incoming)
  const body = head.method === 'GET' || head.method === 'HEAD' ? null : await readBody(incoming)
  if (body === 'too large') return null
  return body?.length ? new Request(head, { method: head.method, body: new Uint8Array(body) }) : head
}

/** The whole body, up to the limit of a call. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= BODY_LIMIT) chunks.push(chunk) // the rest is read and forgotten, so that the answer arrives
  }
  return size > BODY_LIMIT ? 'too large' : Buffer.concat(chunks)
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

/** What a browser on another origin asks first. */
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
