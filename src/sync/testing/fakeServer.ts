/**
 * `apply_ops` and `pull_changes` in memory, with the guarantees of the real functions: receipts, one transaction per
 * call, a log ordered by (transaction, sequence), and a watermark that open writers hold back.
 */
import type { ApplyOpsAnswer, Op, Verdict } from '@/domain/ops'
import type { Change, PullAnswer, PullRequest, PullResult } from '@/domain/pull'
import type { SubmissionRow } from '@/domain/rows'
import { reply, type TestServer } from './fakeNetwork'

/** The payload of a test's op tells the server what to do with it. */
export interface TestPayload {
  text: string
  /** The whole call fails with 500 while the op is in it. */
  poison?: boolean
  refuse?: string
  conflict?: boolean
  /** How many `retry` verdicts the op gets before it is applied. */
  busy?: number
}

interface LogRow {
  xid: number
  seq: number
  scope: string
  entity: string
  id: string
}

export interface Effect {
  op_id: string
  entity_id: string
  text: string
}

/** The whole call fails and writes nothing. */
class ServerDown extends Error {}

const PAGE = 2

export class FakeServer implements TestServer {
  epoch = 'first'
  readonly effects: Effect[] = []
  readonly rows = new Map<string, { secret: string; row: SubmissionRow }>()
  readonly publicRows = new Map<string, { entity: string; row: { id: string; value: number } }>()
  calls = 0
  /** Poison ops succeed once this is true. */
  isHealed = false
  private receipts = new Map<string, Verdict>()
  private puts = new Map<string, number>()
  private log: LogRow[] = []
  private open = new Set<number>()
  private nextXid = 100
  private nextSeq = 1

  fetch(url: string, init: RequestInit): Response {
    const body = JSON.parse(init.body as string) as { ops: Op[]; pulls: PullRequest[] }
    try {
      return reply(url.endsWith('/apply_ops') ? this.applyOps(body.ops) : this.pullChanges(body.pulls))
    } catch (error) {
      if (error instanceof ServerDown) return reply({ code: 'XX000', message: 'internal' }, 500)
      throw error
    }
  }

  private get xmin(): number {
    return Math.min(this.nextXid, ...this.open)
  }

  /** Begins a transaction that hides every later change until it commits. */
  beginWriter(): { commit: (id: string, value: number) => void } {
    const xid = this.nextXid++
    this.open.add(xid)
    return {
      commit: (id, value) => {
        this.open.delete(xid)
        this.publicRows.set(id, { entity: 'convocatoria', row: { id, value } })
        this.note(xid, 'public', 'convocatoria', id)
      },
    }
  }

  /** Restores a backup: a new epoch, without these submissions and their receipts. */
  restore(lost: string[]): void {
    this.epoch = `${this.epoch}+`
    this.nextXid = 50
    this.log = []
    for (const id of lost) this.rows.delete(id)
    for (const [opId, verdict] of this.receipts) {
      if (verdict.status !== 'applied') continue
      if (lost.includes((verdict.row as SubmissionRow | null)?.id ?? '')) this.receipts.delete(opId)
      else this.receipts.set(opId, { ...verdict, xid: '0' }) // the number belongs to the old epoch
    }
  }

  applyOps(ops: Op[]): ApplyOpsAnswer {
    this.calls += 1
    if (!this.isHealed && ops.some((op) => (op.payload as TestPayload).poison)) throw new ServerDown()
    const xid = this.nextXid++
    const verdicts = ops.map((op) => this.receipts.get(op.op_id) ?? this.execute(op, xid))
    return { now: new Date().toISOString(), verdicts: structuredClone(verdicts) }
  }

  private execute(op: Op, xid: number): Verdict {
    const { op_id } = op
    const { busy = 0, refuse, conflict } = op.payload as TestPayload
    const puts = this.puts.get(op_id) ?? 0
    this.puts.set(op_id, puts + 1)
    if (refuse === 'convocatoria_paused') return { op_id, status: 'retry', after_ms: 300_000, code: refuse }
    if (puts < busy) return { op_id, status: 'retry', after_ms: 0, code: 'busy' }
    const verdict = this.decide(op, xid, refuse, conflict)
    this.receipts.set(op_id, verdict)
    return verdict
  }

  private decide(op: Op, xid: number, refuse?: string, conflict?: boolean): Verdict {
    const { op_id, entity_id, payload, secret = '' } = op
    const known = this.rows.get(entity_id)
    if (refuse) return { op_id, status: 'refused', code: refuse, field: 'body' }
    if (conflict && known) return { op_id, status: 'conflict', row: known.row, xid: String(xid) }
    if (op.kind !== 'propuesta.submit' && known?.secret !== secret) {
      return { op_id, status: 'refused', code: 'submission_unknown' }
    }
    const row = this.write(entity_id, secret, (payload as TestPayload).text)
    this.effects.push({ op_id, entity_id, text: (payload as TestPayload).text })
    this.note(xid, `mine:${entity_id}`, 'submission', entity_id)
    return { op_id, status: 'applied', row, xid: String(xid) }
  }

  private write(id: string, secret: string, text: string): SubmissionRow {
    const before = this.rows.get(id)?.row
    const row = {
      id,
      folio: before?.folio ?? `PR-2026-${String(this.rows.size + 1).padStart(6, '0')}-0`,
      kind: 'propuestas',
      state: 'received',
      version: (before?.version ?? 0) + 1,
      convocatoria_title: 'Consulta',
      content: { body: text },
    } as unknown as SubmissionRow
    this.rows.set(id, { secret, row })
    return row
  }

  private note(xid: number, scope: string, entity: string, id: string): void {
    this.log.push({ xid, seq: this.nextSeq++, scope, entity, id })
  }

  /** Deletes a submission on the server. */
  erase(id: string): void {
    this.rows.delete(id)
  }

  pullChanges(pulls: PullRequest[]): PullAnswer {
    this.calls += 1
    const head = { now: new Date().toISOString(), epoch: this.epoch, watermark_age: 0 }
    return structuredClone({ ...head, pulls: pulls.map((pull) => this.pullScope(pull)) })
  }

  private pullScope(pull: PullRequest): PullResult {
    const head = pull.scope === 'mine' ? { scope: pull.scope, id: pull.id } : { scope: pull.scope }
    if (pull.scope === 'mine' && this.rows.get(pull.id)?.secret !== pull.secret) {
      return { ...head, status: 'denied', reset: false, more: false, cursor: '0.0', changes: [] }
    }
    const scope = pull.scope === 'mine' ? `mine:${pull.id}` : 'public'
    const [position, inside] = (pull.cursor ?? '').split('@')
    const [xid, seq] = (position ?? '').split('.').map(Number)
    const page =
      pull.cursor === null || inside !== undefined || xid! > this.nextXid
        ? this.firstRead(scope, inside, xid)
        : this.delta(scope, xid!, seq!)
    return { ...head, status: 'ok', ...page }
  }

  private firstRead(scope: string, inside: string | undefined, xid: number | undefined) {
    const keys = scope === 'public' ? [...this.publicRows.keys()].sort() : [scope.slice('mine:'.length)]
    const after = inside?.split('/')[1] ?? ''
    const page = keys.filter((key) => key > after).slice(0, PAGE)
    const more = page.length === PAGE
    const base = `${inside === undefined ? this.xmin : xid}.0`
    const cursor = more ? `${base}@convocatoria/${page.at(-1)}` : base
    const entity = scope === 'public' ? 'convocatoria' : 'submission'
    return { reset: inside === undefined, more, cursor, changes: page.map((id) => this.changeOf(entity, id)) }
  }

  private delta(scope: string, xid: number, seq: number) {
    const isNew = (row: LogRow) => row.xid > xid || (row.xid === xid && row.seq > seq)
    const seen = this.log.filter((row) => row.scope === scope && isNew(row) && row.xid < this.xmin)
    const page = seen.sort((a, b) => a.xid - b.xid || a.seq - b.seq).slice(0, PAGE)
    const last = page.at(-1)
    const more = page.length === PAGE
    const cursor = more ? `${last!.xid}.${last!.seq}` : `${Math.max(this.xmin, xid)}.0`
    return { reset: false, more, cursor, changes: page.map((row) => this.changeOf(row.entity, row.id)) }
  }

  private changeOf(entity: string, id: string): Change {
    const row = entity === 'submission' ? this.rows.get(id)?.row : this.publicRows.get(id)?.row
    return row ? { entity, id, op: 'put', row } : { entity, id, op: 'remove' }
  }
}
