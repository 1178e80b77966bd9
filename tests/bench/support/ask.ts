/**
 * A request as plain data, and the functions that answer it: the embedded backend, or a table in PostgREST's
 * dialect.
 */
import http from 'node:http'
import { bodyOf } from './front'

export interface Call {
  method: string
  /** Path and query. */
  url: string
  headers: http.IncomingHttpHeaders
  body: Buffer
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export type Ask = (call: Call) => Promise<Answer>

export const readCall = async (incoming: http.IncomingMessage): Promise<Call> => ({
  method: incoming.method ?? 'GET',
  url: incoming.url ?? '/',
  headers: incoming.headers,
  body: await bodyOf(incoming),
})

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: Buffer.from(JSON.stringify(body)),
})

const PASSED_ON = ['apikey', 'authorization', 'content-type', 'accept', 'prefer']

/** Forwards requests to the backend at this address. */
export function askApi(api: string): Ask {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const { hostname, port } = new URL(api)
  return ({ method, url, headers, body }) =>
    new Promise((done, failed) => {
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => PASSED_ON.includes(name)))
      const sent = { ...kept, 'content-length': String(body.length) }
      const onward = http.request({ agent, hostname, port, method, path: url, headers: sent }, (answer) => {
        bodyOf(answer).then((body) => {
          const type = answer.headers['content-type'] ?? 'application/octet-stream'
          done({ status: answer.statusCode ?? 502, headers: { 'content-type': type }, body })
        }, failed)
      })
      onward.on('error', failed)
      onward.end(body)
    })
}
