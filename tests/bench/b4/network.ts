/** The network between the phone and the real backend, with a fault for each call. Uses the app's `rpc`. */
import type pg from 'pg'
import { rpc, type Rpc } from '@/data/rpc'
import type { Op } from '@/domain/ops'

export const NETWORK_FAULTS = [
  'ok',
  'lost', // the request never arrives
  'answer_lost', // committed, and the answer is lost
  'twice', // delivered two times
  'twice_changed', // delivered again with another payload under the same op_id
  'late', // abandoned by the phone, and delivered after a later call
  'portal', // a captive portal's page, status 200
  'portal_json', // a captive portal's JSON, status 200
  '500',
  '503',
  '429',
  'stall', // no answer until the deadline
  'cancelled', // the database cancels a call in the middle, as a statement timeout does
  'killed_before', // the process dies with the request unsent
  'killed_after', // the process dies after the server has committed
] as const
export type NetworkFault = (typeof NETWORK_FAULTS)[number]

const STALL_MS = 5

const json = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

const lost = (): never => {
  throw new TypeError('Failed to fetch')
}

const never = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

/** The same ops with another text. */
function changed(body: string): string {
  const { ops } = JSON.parse(body) as { ops?: Op[] }
  if (!ops) return body
  const other = ops.map((op) => ({ ...op, payload: { ...(op.payload as object), body: 'Otras palabras.' } }))
  return JSON.stringify({ ops: other })
}

export class Network {
  /** The faults of the next calls, in order; `ok` if it is empty. */
  plan: NetworkFault[] = []
  /** Calls with one of these ops fail until the server is repaired. */
  readonly poison = new Set<string>()
  isMended = false
  /** Called when the process must die. */
  onKill: () => void = () => {}
  private gate: Promise<void> | null = null
  private onHeld = (): void => {}
  private readonly underway: (() => Promise<unknown>)[] = []

  constructor(
    private readonly origin: string,
    private readonly owner: pg.Pool,
  ) {}

  readonly rpc: Rpc = (fn, args, options) => {
    const fault = this.plan.shift() ?? 'ok'
    return rpc(fn, args, {
      ...options,
      timeoutMs: fault === 'stall' ? STALL_MS : 60_000,
      fetch: ((url: string, init: RequestInit) => this.carry(fault, url, init)) as typeof fetch,
    })
  }

  /** Holds the next calls. `held` resolves when one has arrived; `release` lets them continue. */
  hold(): { held: Promise<void>; release: () => void } {
    let release = () => {}
    const held = new Promise<void>((resolve) => (this.onHeld = resolve))
    this.gate = new Promise((resolve) => (release = resolve))
    return { held, release }
  }

  /** Stops holding calls. */
  pass(): void {
    this.gate = null
  }

  /** Delivers the delayed calls now. */
  async deliverLate(): Promise<void> {
    for (const deliver of this.underway.splice(0)) await deliver().catch(() => undefined)
  }

  private async carry(fault: NetworkFault, url: string, init: RequestInit): Promise<Response> {
    const body = init.body as string
    if (this.gate) {
      this.onHeld()
      await this.gate
    }
    const ask = (sent = body) =>
      fetch(this.origin + new URL(url).pathname, { method: 'POST', headers: init.headers!, body: sent })
    const early = await this.beforeServer(fault, ask, init)
    if (early) return early
    if (!this.isMended && [...this.poison].some((id) => body.includes(id))) return json({}, 500)
    const answer = await ask()
    if (answer.ok) await this.deliverLate()
    return this.afterServer(fault, answer, () => ask(changed(body)), ask)
  }

  private async beforeServer(
    fault: NetworkFault,
    ask: () => Promise<Response>,
    { signal }: RequestInit,
  ): Promise<Response | null> {
    if (fault === 'killed_before') {
      this.onKill()
      return lost()
    }
    if (fault === 'late') this.underway.push(ask)
    if (fault === 'lost' || fault === 'late') return lost()
    if (fault === 'portal') return new Response('<html>Bienvenido</html>', { status: 200 })
    if (fault === 'portal_json') return json({ status: 'login required' })
    if (fault === '500' || fault === '503') return json({ message: 'upstream' }, Number(fault))
    if (fault === '429') return json({ message: 'slow down' }, 429, { 'retry-after': '7' })
    if (fault === 'stall') return never(signal)
    if (fault === 'cancelled') setTimeout(() => void this.cancelCalls(), 3)
    return null
  }

  private async afterServer(
    fault: NetworkFault,
    answer: Response,
    again: () => Promise<Response>,
    ask: () => Promise<Response>,
  ): Promise<Response> {
    if (fault === 'killed_after') {
      this.onKill()
      return lost()
    }
    if (fault === 'twice') return ask()
    if (fault === 'twice_changed') await again()
    return fault === 'answer_lost' ? lost() : answer
  }

  private cancelCalls(): Promise<unknown> {
    return this.owner
      .query(
        `select pg_cancel_backend(pid) from pg_stat_activity where usename = 'authenticator' and state <> 'idle'`,
      )
      .catch(() => undefined)
  }
}
