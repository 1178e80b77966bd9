/** What the screens show of a submission: base, overlay and outbox as one truth. */
import { isAttach, type OpKind } from '@/domain/ops'
import type { SubmissionRow } from '@/domain/rows'
import { chipOf, chipOfRow, type Chip, type OutboxState } from '@/domain/submissionStatus'
import { shareSent } from '@/domain/video'
import { db, type Item, type MediaRow, type OutboxOp } from './db'
import { mineScope } from './items'
import { getConvocatoriaById } from './publicBase'
import { readEach } from './readRows'

/** An op the server has not accepted yet. `code` says why it waits; `attempts` how often it was tried. */
export interface PendingOp {
  op_id: string
  kind: OpKind
  state: OutboxState
  captured_at: string
  payload: unknown
  attempts: number
  code: string | null
}

export interface SubmissionView {
  id: string
  title: string
  convocatoria_title: string
  kind: string
  folio: string | null
  /** The one it had before a restored database gave it another. */
  old_folio: string | null
  chip: Chip
  /** 0 to 1 while a video travels; null otherwise. */
  progress: number | null
  row: SubmissionRow | null
  /** In order of saving; the first is what the chip speaks of. */
  pending: PendingOp[]
  refusal: { code: string; field?: string } | null
  secret: string
}

const pendingOf = ({ op_id, kind, state, captured_at, payload, attempts, code }: OutboxOp): PendingOp => ({
  op_id,
  kind,
  state,
  captured_at,
  payload,
  attempts,
  code,
})

/**
 * The newest row known: the base's, unless a verdict told of a later one, or a conflict: what a person's change is
 * sent over is what they see. A verdict is kept only until the base has it too, so it knows more of the same
 * version: that a video's bytes are there is no new version.
 */
async function newestRow(id: string, ops: OutboxOp[]): Promise<SubmissionRow | null> {
  const { rows: told } = await readEach(db.overlay, db.overlay.where('entity_id').equals(id))
  const acked = told.filter((one) => !one.actor).sort((a, b) => a.at - b.at)
  // What was read from the server is read again; only what was written here must not be called whole when it is not.
  const base = await db.base.get([mineScope(id), 'submission', id]).catch(() => undefined)
  const later = [...acked.map((one) => one.row), ...ops.map((op) => op.current)]
  const rows = [base?.row ?? null, ...later] as (SubmissionRow | null)[]
  return rows.reduce((best, row) => (row && row.version >= (best?.version ?? 0) ? row : best), null)
}

function refusalOf(item: Item, ops: OutboxOp[]): SubmissionView['refusal'] {
  const stopped = ops.find((op) => op.state === 'needs_person')
  if (stopped) {
    return { code: stopped.code ?? 'server', ...(stopped.field !== null && { field: stopped.field }) }
  }
  return item.denied && ops.length === 0 ? { code: 'submission_unknown' } : null
}

interface Where {
  chip: Chip
  progress: number | null
}

/** How far a video is whose text arrived. 100 % only once the server has every byte. */
function whereIs({ state, paused, offset, bytes }: MediaRow): Where {
  if (state === 'uploaded') return { chip: 'sending', progress: 1 }
  if (state === 'needs_person') return { chip: 'needs_attention', progress: null }
  if (state !== 'patching' || paused) return { chip: 'video_here', progress: null }
  return { chip: 'sending', progress: shareSent(offset, bytes) }
}

/** No words of a person wait in it. */
const isWordless = (op: OutboxOp) => isAttach(op) && op.state !== 'needs_person'

async function whereOf(id: string, ops: OutboxOp[], row: SubmissionRow | null): Promise<Where> {
  const chip = chipOf(ops.find((op) => !isWordless(op))?.state ?? null, row && chipOfRow(row))
  const videos = chip === 'video_missing' ? await db.media.where('submission_id').equals(id).toArray() : []
  const video = videos.find(({ state }) => state !== 'staging')
  return video ? whereIs(video) : { chip: chip === 'draft' ? 'received' : chip, progress: null }
}

/**
 * Read in the order in which a thing travels (outbox, overlay, base): what moves on meanwhile is met at least
 * once. The other way round a verdict that comes in between would make it look as if there were nothing.
 */
async function viewOf(item: Item): Promise<SubmissionView> {
  const own = (await db.outbox.where('entity_id').equals(item.id).sortBy('seq')).filter((op) => !op.actor)
  const row = await newestRow(item.id, own)
  const campaign = await getConvocatoriaById(item.convocatoria_id).catch(() => undefined)
  const refusal = refusalOf(item, own)
  const { chip, progress } = await whereOf(item.id, own, row)
  return {
    id: item.id,
    title: item.title,
    convocatoria_title: row?.convocatoria_title ?? campaign?.title ?? '',
    kind: row?.kind ?? item.kind, // a link that was kept before its row was read may not have told it
    folio: row?.folio ?? item.folio,
    old_folio: item.old_folio ?? null,
    chip: refusal ? 'needs_attention' : chip,
    progress: refusal ? null : progress,
    row,
    pending: own.map(pendingOf),
    refusal,
    secret: item.secret,
  }
}

const isItem = ({ kind, title, secret, created_at }: Item): boolean =>
  [kind, title, secret, created_at].every((value) => typeof value === 'string')

/** Everything sent or to be sent from this phone, the newest first, and the ids of what cannot be read. */
export async function readSubmissions(): Promise<{ views: SubmissionView[]; broken: string[] }> {
  const { rows, broken } = await readEach(db.items)
  const items = rows.filter(isItem).sort((a, b) => b.created_at.localeCompare(a.created_at))
  const views = await Promise.all(items.map((item) => viewOf(item).catch(() => null)))
  const shown = new Set(views.map((view) => view?.id))
  const unshown = rows.map(({ id }) => id).filter((id) => !shown.has(id))
  return { views: views.filter((view) => view !== null), broken: [...broken, ...unshown] }
}

/** Everything of this phone that can be read, the newest first. */
export const listSubmissions = async (): Promise<SubmissionView[]> => (await readSubmissions()).views

/** One of them; undefined when it is not on this phone. */
export async function getSubmission(id: string): Promise<SubmissionView | undefined> {
  const item = await db.items.get(id)
  return item && viewOf(item)
}
