/** The network between phone and server, with its faults. It drives the real `rpc`. */
import { rpc, type Rpc } from '@/data/rpc'
import type { Op } from '@/domain/ops'

export const FAULTS = [
  'ok',
  'lost', // the request never arrives
  'answer_lost', // the server commits, the answer never arrives
  'twice', // the request arrives twice
  'portal', // a captive portal's page, status 200
  'portal_json', // a captive portal's JSON, status 200
  '500',
  '503',
  '429',
  'stall', // no answer until the deadline
  'stall_after', // the server commits, no answer until the deadline
  'killed_before', // the process dies before the request
  'killed_after', // the process dies after the server's commit
] as const
export type NetworkFault = (typeof FAULTS)[number]

/** A fake server or a real one. */
export interface TestServer {
  fetch(url: string, init: RequestInit): Response | Promise<Response>
}

/** Where a call is held: before the server, or before its answer arrives. */
export type Place = 'request' | 'answer'

const STALL_MS = 3

export const reply = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

const lost = (): never => {
  throw new TypeError('Failed to fetch')
}

const stalled = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_, reject) => {
    if (signal?.aborted) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

/** Faults that answer a call before it reaches the server. */
const IN_BETWEEN: Partial<Record<NetworkFault, () => Response>> = {
  lost,
  portal: () => new Response('<html>Bienvenido</html>', { status: 200 }),
  portal_json: () => reply({ status: 'login required' }),
  '500': () => reply({ message: 'upstream' }, 500),
  '503': () => new Response('<html>Service Unavailable</html>', { status: 503 }),
  '429': () => reply({ message: 'slow down' }, 429, { 'retry-after': '7' }),
}

export class FakeNetwork {
  /** The faults of the next calls, in order; calls after them pass. */
  plan: NetworkFault[] = []
  /** Ends the process. */
  onKill: () => void = () => {}
  private gate: { place: Place; opened: Promise<void>; onHeld: () => void } | null = null
  readonly tokens: (string | null)[] = []
  readonly batches: Op[][] = []

  constructor(private readonly server: TestServer) {}

  readonly rpc: Rpc = (fn, args, options) => {
    const fault = this.plan.shift() ?? 'ok'
    const send = (url: string, init: RequestInit) => this.send(fault, url, init)
    const deadline = fault.startsWith('stall') ? { timeoutMs: STALL_MS } : {}
    return rpc(fn, args, { ...options, ...deadline, fetch: send as typeof fetch })
  }

  /** Holds the next calls at `place`. `held` resolves when one arrives there; `release` lets them continue. */
  hold(place: Place = 'request'): { held: Promise<void>; release: () => void } {
    let release = () => {}
    let onHeld = () => {}
    const held = new Promise<void>((resolve) => (onHeld = resolve))
    const opened = new Promise<void>((resolve) => (release = resolve))
    this.gate = { place, opened, onHeld }
    return { held, release }
  }

  /** Stops holding new calls. */
  pass(): void {
    this.gate = null
  }

  private async send(fault: NetworkFault, url: string, init: RequestInit): Promise<Response> {
    const { ops } = JSON.parse(init.body as string) as { ops?: Op[] }
    this.tokens.push(new Headers(init.headers).get('authorization'))
    if (ops) this.batches.push(ops)
    const gate = this.gate
    const wait = async (place: Place) => {
      if (gate?.place !== place) return
      gate.onHeld()
      await gate.opened
    }
    await wait('request')
    try {
      return await this.deliver(fault, url, init)
    } finally {
      await wait('answer')
    }
  }

  private async deliver(fault: NetworkFault, url: string, init: RequestInit): Promise<Response> {
    const { signal, ...call } = init
    const serve = () => this.server.fetch(url, call)
    if (fault === 'killed_before' || fault === 'killed_after') {
      if (fault === 'killed_after') await serve()
      this.onKill()
      return lost()
    }
    const inBetween = IN_BETWEEN[fault]
    if (inBetween) return inBetween()
    if (fault === 'stall') return stalled(signal)
    const answer = await serve()
    if (fault === 'stall_after') return stalled(signal)
    if (fault === 'twice') return serve()
    return fault === 'answer_lost' ? lost() : answer
  }
}
