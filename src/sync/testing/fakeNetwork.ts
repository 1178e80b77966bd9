/** The way between phone and server, with everything that happens to it. Drives the real `rpc`. */
import { rpc, type Rpc } from '@/data/rpc'
import type { Op } from '@/domain/ops'
import type { PullRequest } from '@/domain/pull'
import { ServerDown, type FakeServer } from './fakeServer'

export const FAULTS = [
  'ok',
  'lost', // the request never arrives
  'answer_lost', // committed, and nobody told
  'twice', // delivered two times
  'portal', // a captive portal's page, status 200
  'portal_json', // a captive portal's JSON, status 200
  '500',
  '429',
  'stall', // nothing until the deadline
  'killed_before', // the process dies with the request unsent
  'killed_after', // the process dies when the server has committed
] as const
export type NetworkFault = (typeof FAULTS)[number]

const STALL_MS = 3

const json = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

const lost = (): never => {
  throw new TypeError('Failed to fetch')
}

const stalled = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

export class FakeNetwork {
  /** The faults of the next calls, in order; `ok` when it is empty. */
  plan: NetworkFault[] = []
  /** Called when the process is to die. */
  onKill: () => void = () => {}
  private gate: Promise<void> | null = null
  private onHeld = (): void => {}
  readonly tokens: (string | null)[] = []
  readonly batches: Op[][] = []

  constructor(private readonly server: FakeServer) {}

  readonly rpc: Rpc = (fn, args, options) =>
    rpc(fn, args, { ...options, timeoutMs: STALL_MS, fetch: this.fetch.bind(this) as typeof fetch })

  /** Holds the next calls on their way. `held`: one of them is there; `release` lets them go on. */
  hold(): { held: Promise<void>; release: () => void } {
    let release = () => {}
    const held = new Promise<void>((resolve) => (this.onHeld = resolve))
    this.gate = new Promise((resolve) => (release = resolve))
    return { held, release }
  }

  /** Calls made from now on pass. */
  pass(): void {
    this.gate = null
  }

  private serve(fn: string, body: { ops?: Op[]; pulls?: PullRequest[] }): Response {
    try {
      return json(fn === 'apply_ops' ? this.server.applyOps(body.ops!) : this.server.pullChanges(body.pulls!))
    } catch (error) {
      if (error instanceof ServerDown) return json({ code: 'XX000', message: 'internal' }, 500)
      throw error
    }
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    const body = JSON.parse(init.body as string) as { ops?: Op[]; pulls?: PullRequest[] }
    this.tokens.push(new Headers(init.headers).get('authorization'))
    if (body.ops) this.batches.push(body.ops)
    const fault = this.plan.shift() ?? 'ok'
    if (this.gate) {
      this.onHeld()
      await this.gate
    }
    return this.deliver(fault, () => this.serve(url.slice(url.lastIndexOf('/') + 1), body), init.signal)
  }

  private async deliver(
    fault: NetworkFault,
    serve: () => Response,
    signal: RequestInit['signal'],
  ): Promise<Response> {
    if (fault === 'killed_before' || fault === 'killed_after') {
      if (fault === 'killed_after') serve()
      this.onKill()
      return lost()
    }
    if (fault === 'lost') return lost()
    if (fault === 'portal') return new Response('<html>Bienvenido</html>', { status: 200 })
    if (fault === 'portal_json') return json({ status: 'login required' })
    if (fault === '500') return json({ message: 'upstream' }, 500)
    if (fault === '429') return json({ message: 'slow down' }, 429, { 'retry-after': '7' })
    if (fault === 'stall') return stalled(signal)
    const answer = serve()
    if (fault === 'twice') return serve()
    return fault === 'answer_lost' ? lost() : answer
  }
}
