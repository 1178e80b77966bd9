/**
 * The phone's database. A write resolves after it was flushed to disk, as far as the phone's storage honours a flush
 * (`strict` is Chromium's; WebKit gives no control).
 */
import { Dexie, type EntityTable, type Table } from 'dexie'
import type { MediaCode } from '@/domain/mediaCodes'
import type { Op, VerdictRow } from '@/domain/ops'
import type { Cursor } from '@/domain/pull'
import type { OutboxState } from '@/domain/submissionStatus'
import { flushUnsaved } from './unsaved'

/** An op that the server has not accepted. The fields of `Op` are immutable; the others belong to the sender. */
export interface OutboxOp extends Op {
  seq: number // order of saving on this phone, across tabs
  actor: string | null // the staff member's user id; null for a citizen's op
  state: OutboxState
  attempts: number // calls that failed or got the verdict `retry`
  not_before: number // ms, phone's clock
  alone: boolean // failed in a call of its own: it is sent alone, after the others
  code: string | null // why it waits or needs the person
  field: string | null
  current: VerdictRow | null // the server's row of a conflict
  acked_at?: number // ms, phone's clock: first accepted then, and sent again after a new epoch
}

/** An accepted op (`sync/verdicts.ts` says which are kept). It is sent again if a restored database has lost it. */
export interface SentOp extends OutboxOp {
  acked_at: number // ms, phone's clock
}

/** The row that an op's verdict brought, shown until the base has it. Before the verdict `row` and `xid` are null. */
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

/** Answers not sent yet. The draft's id becomes the submission's id. */
export interface Draft {
  id: string
  kind: string // its campaign's kind; a newer version may have written one that is unknown here
  convocatoria_id: string
  convocatoria_title: string
  answers: Record<string, unknown>
  step: string
  updated_at: string
}

/** «Mis envíos»: a submission whose private link is on this phone. */
export interface Item {
  id: string
  kind: string // its campaign's kind; a newer version may have written one that is unknown here
  convocatoria_id: string
  title: string
  secret: string
  folio: string | null
  old_folio?: string // the folio before a restored database gave another one
  created_at: string
  denied?: boolean // the server does not know this id with this secret
}

/** The right to send. A holder without a recent heartbeat is replaced, and the new holder raises `fence`. */
export interface Lease {
  name: string
  fence: number
  held: boolean
  heartbeat: number // ms, phone's clock
}

/**
 * The state of a video's bytes. `staging`: being copied, not promised yet. `sealed`: complete on this phone, survives
 * a crash. `creating`, `patching`, `probing`: uploading (docs/sync.md). `uploaded`: the server has every byte and an
 * attach op is saved. A video that the server verified is deleted here.
 */
export type MediaState =
  'staging' | 'sealed' | 'creating' | 'patching' | 'probing' | 'uploaded' | 'needs_person'

/** The manifest of one video. `id` is also its name on the server: a random v4, and the only secret of the upload. */
export interface MediaRow {
  id: string
  submission_id: string
  state: MediaState
  bytes: number
  mime: string // without parameters
  sha256: string | null // hex; null while staging
  staged_at: number // ms, phone's clock
  upload_url: string | null
  offset: number // bytes that the server confirmed
  attempts: number // in a row without progress
  not_before: number // ms, phone's clock
  code: MediaCode | null // why it waits or needs the person
  paused: boolean
  wifi_only: boolean
  data_ok?: boolean // the person saw the megabytes and allows them, although the phone saves data
  cancelled?: boolean // cancelled by the person: a new upload starts at the first byte
  replaces?: string // the id of the held file in whose place it goes
}

/** One MiB of a video; the last chunk may be shorter. Never a Blob or File: WebKit loses them. */
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
    // A new schema is a new `version(n)` below, never an edit: outboxes of older versions must migrate.
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
    // The index `actor` has staff ops only, because IndexedDB does not index null.
    this.version(3).stores({ outbox: '++seq, &op_id, entity_id, state, actor' })
    this.version(4).stores({ sent: 'seq, entity_id, acked_at' })
  }
}

export const db = new ConvocaDb()

/**
 * `reload`: a newer version of the app took the database. `unsaved`: the same, and the screen's unsaved text could
 * not be written before. `blocked`: an old tab keeps this version from opening the database.
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
 * Calls `listener` when the database needs the person to act, at once if it already does, and with null when the
 * trouble ends. Returns a function that stops it.
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
db.on('ready', () => trouble && report(null)) // the old tab closed the database
