/** Network faults of one request, as a route of the front. */
import type http from 'node:http'
import type http2 from 'node:http2'
import { setTimeout as wait } from 'node:timers/promises'
import { readCall, type Ask, type Call } from './ask'
import type { Route } from './front'

/**
 * `lost`: never arrives. `answer_lost`: done, and its answer is lost. `twice`: delivered two times. `late`:
 * abandoned by the phone and delivered after later requests. `portal`: a captive portal's page with status 200.
 */
export type Fault = 'ok' | 'lost' | 'answer_lost' | 'twice' | 'late' | 'portal' | '500'

const PORTAL = '<!doctype html><html lang="es"><title>Wi-Fi</title><h1>Acepta los términos</h1></html>'
const LATE_MS = 1500

/** Ends a request without an answer: its stream in HTTP/2, its connection in HTTP/1.1. */
function hangUp(outgoing: http.ServerResponse): void {
  const { stream } = outgoing as unknown as http2.Http2ServerResponse
  if (stream) stream.close(2)
  else outgoing.destroy()
}

/** Serves every path under `prefix` with `ask`, and with the fault that `faultOf` returns for the call. */
export function faulty(prefix: string, ask: Ask, faultOf: (call: Call) => Fault): Route {
  return async (incoming, outgoing) => {
    if (!(incoming.url ?? '').startsWith(prefix)) return false
    const call = await readCall(incoming)
    const fault = call.method === 'OPTIONS' ? 'ok' : faultOf(call)
    if (fault === 'portal') {
      outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PORTAL)
      return true
    }
    if (fault === '500') {
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end('upstream is not well')
      return true
    }
    if (fault === 'late')
      void wait(LATE_MS)
        .then(() => ask(call))
        .catch(() => undefined)
    if (fault === 'lost' || fault === 'late') {
      hangUp(outgoing)
      return true
    }
    const answer = await ask(call)
    if (fault === 'twice') await ask(call)
    if (fault === 'answer_lost') hangUp(outgoing)
    else outgoing.writeHead(answer.status, answer.headers).end(answer.body)
    return true
  }
}

/** Random numbers in [0, 1) from a seed (xorshift). */
export function seeded(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}
