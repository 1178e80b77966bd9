/**
 * The phone's database. Every write is flushed to disk before it counts as done, as far as the phone's
 * storage honours a flush (`strict` is Chromium's; WebKit gives no control).
 */
import { Dexie, type EntityTable, type Table } from 'dexie'
import type { MediaCode } from '@/domain/mediaCodes'
import type { Op, VerdictRow } from '@/domain/ops'
import type { Cursor } from '@/domain/pull'
import type { OutboxState } from '@/domain/submissionStatus'
import { flushUnsaved } from './unsaved'

/** An op on its way. Everything of `Op` is immutable; the rest is the sender's. */
export interface OutboxOp extends Op {
  seq: number // order of saving on this phone, across tabs
  actor: string | null // the staff member who asked; null for the author
  state: OutboxState
  attempts: number // calls that failed or were put off
  not_before: number // ms, phone's clock
  alone: boolean // suspected of making calls fail: travels alone, after the others
  code: string | null // why it waits or needs the person
  field: string | null
  current: VerdictRow | null // the server's row of a conflict
  acked_at?: number // ms, phone's clock: accepted then, and sent again because the database is another one
}

/** An op that the server accepted (verdicts.ts: which). A restored database may not know it: then it is sent again. */
export interface SentOp extends OutboxOp {
  acked_at: number // ms, phone's clock
}

/** What an op did to a row, shown until the base has caught up. `xid` and `row` come with the verdict. */
export interface OverlayRow {
  op_id: string
  entity_id: string
  actor: string | null
  row: VerdictRow | null
  xid: string | null
  at: number // ms, phone's clock, of the last write
}

export interface BaseRow {
  scope: string // `public`, `mine:<id>`, `staff:<member>:<convocatoria>`
  entity: string
  id: string
  row: unknown
}

/** Answers not sent yet. A draft's id is the submission's from the start. */
export interface Draft {
  id: string
  kind: string // of its campaign; perhaps one that this version does not know
  convocatoria_id: string
  convocatoria_title: string
  answers: Record<string, unknown>
  step: string
  updated_at: string
}

/** «Mis envíos»: a submission whose private link is on this phone. */
export interface Item {
  id: string
  kind: string // of its campaign; perhaps one that this version does not know
  convocatoria_id: string
  title: string
  secret: string
  folio: string | null
  old_folio?: string // told before the server's database was restored from a backup that lacks it
  created_at: string
  denied?: boolean // the server does not know this id with this secret
}

/** Who may send now: a holder without heartbeat is replaced, and its number is no longer `fence`. */
export interface Lease {
  name: string
  fence: number
  held: boolean
  heartbeat: number // ms, phone's clock
}

/**
 * How far a video's bytes have come. `staging`: being copied, not promised yet. `sealed`: whole on this phone,
 * survives anything. `creating`, `patching`, `probing`: on the way (docs/sync.md). `uploaded`: the server has every
 * byte, and an op says so. What the server verified is deleted here.
 */
export type MediaState =
  'staging' | 'sealed' | 'creating' | 'patching' | 'probing' | 'uploaded' | 'needs_person'

/** The manifest of one video. `id` names it on the server too: a random v4, the only upload secret. */
export interface MediaRow {
  id: string
  submission_id: string
  state: MediaState
  bytes: number
  mime: string // no parameters
  sha256: string | null // hex, from the seal on
  staged_at: number // ms, phone's clock
  upload_url: string | null
  offset: number // bytes the server is known to have
  attempts: number // in a row without progress
  not_before: number // ms, phone's clock
  code: MediaCode | null // why it waits or needs the person
  paused: boolean
  wifi_only: boolean
  data_ok?: boolean // the person saw the megabytes and spends them, although the phone saves data
  cancelled?: boolean // paused for good: sent again only from the start
}

/** One MiB of a video (the last may be shorter). Never a Blob or File: WebKit loses them. */
export interface MediaChunk {
  media_id: string
  seq: number
  data: ArrayBuffer
}

type Strict = { chromeTransactionDurability: 'strict' }
const OPTIONS: Strict = { chromeTransactionDurability: 'strict' }

export class ConvocaDb extends Dexie {
  declare meta: Table<{ key: string; value: unknown }, string>
  declare cursors: Table<{ scope: string; cursor: Cursor }, string>
  declare base: Table<BaseRow, [string, string, string]>
  declare overlay: Table<OverlayRow, string>
  declare outbox: EntityTable<OutboxOp, 'seq'>
  declare sent: Table<SentOp, number>
  declare drafts: Table<Draft, string>
  declare items: Table<Item, string>
  declare leases: Table<Lease, string>
  declare auth: Table<{ key: string; value: string }, string>
  declare media: Table<MediaRow, string>
  declare mediaChunks: Table<MediaChunk, [string, number]>

  constructor(name = 'convoca') {
    super(name, OPTIONS)
    // A later schema is another `version(n)` below this one, never an edit of it: old outboxes must migrate.
    this.version(1).stores({
      meta: 'key',
      cursors: 'scope',
      base: '[scope+entity+id], [scope+entity]',
      overlay: 'op_id, entity_id',
      outbox: '++seq, &op_id, entity_id, state',
      drafts: 'id',
      items: 'id',
      leases: 'name',
      auth: 'key',
    })
    this.version(2).stores({ media: 'id, submission_id, state', mediaChunks: '[media_id+seq]' })
    // `actor` holds the staff's ops only: IndexedDB leaves null out of an index.
    this.version(3).stores({ outbox: '++seq, &op_id, entity_id, state, actor' })
    this.version(4).stores({ sent: 'seq, entity_id, acked_at' })
  }
}

export const db = new ConvocaDb()

/**
 * `reload`: a newer version of the app took the database. `unsaved`: so it did, and what is on the screen could not be
 * written before. `blocked`: an old tab holds back this one.
 */
export type DbTrouble = 'reload' | 'unsaved' | 'blocked'

type Listener = (trouble: DbTrouble | null) => void

const listeners = new Set<Listener>()
let trouble: DbTrouble | null = null

function report(next: DbTrouble | null): void {
  trouble = next
  for (const listener of listeners) listener(next)
}

/**
 * Calls `listener` when the database needs the person, at once if it already does, and with null when it no
 * longer does. Returns how to stop.
 */
export function onDbTrouble(listener: Listener): () => void {
  listeners.add(listener)
  if (trouble) listener(trouble)
  return () => listeners.delete(listener)
}

db.on('versionchange', () => {
  void flushUnsaved().then((isWritten) => {
    db.close() // running transactions finish; later ones fail with `storage_closed`
    report(isWritten ? 'reload' : 'unsaved')
  })
  return false
})
db.on('blocked', () => report('blocked'))
db.on('ready', () => trouble && report(null)) // the old tab let go
