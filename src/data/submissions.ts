/** A submission as the screens show it: base, overlay and outbox combined. */
import { isAttach, type OpKind } from '@/domain/ops'
import type { SubmissionRow } from '@/domain/rows'
import { chipOf, chipOfRow, type Chip, type OutboxState } from '@/domain/submissionStatus'
import { shareSent } from '@/domain/video'
import { db, type Item, type MediaRow, type OutboxOp } from './db'
import { mineScope } from './items'
import { getConvocatoriaById } from './publicBase'
import { readEach } from './readRows'

/** An op that the server has not accepted. `code` is why it waits; `attempts` counts failed calls. */
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
  /** The folio before a restored database gave another one. */
  old_folio: string | null
  chip: Chip
  /** 0 to 1 while a video is uploaded; null otherwise. */
  progress: number | null
  row: SubmissionRow | null
  /** In order of saving. */
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
 * The newest row of base, verdicts and conflicts: the person's change replaces the version that they see. Of two rows
 * with the same version the verdict's wins, because a verdict stays only until the base has it, and the arrival of a
 * video's bytes makes no new version.
 */
async function newestRow(id: string, ops: OutboxOp[]): Promise<SubmissionRow | null> {
  const { rows: overlays } = await readEach(db.overlay, db.overlay.where('entity_id').equals(id))
  const acked = overlays.filter((one) => !one.actor).sort((a, b) => a.at - b.at)
  // A damaged row of the base does not make the submission damaged, because the server has it.
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

interface Progress {
  chip: Chip
  progress: number | null
}

/** The progress of a video whose text arrived. It is 1 only when the server has every byte. */
function videoProgress({ state, paused, offset, bytes }: MediaRow): Progress {
  if (state === 'uploaded') return { chip: 'sending', progress: 1 }
  if (state === 'needs_person') return { chip: 'needs_attention', progress: null }
  if (state !== 'patching' || paused) return { chip: 'video_here', progress: null }
  return { chip: 'sending', progress: shareSent(offset, bytes) }
}

/** An attach op carries no text of the person, so it does not set the chip unless the person must act. */
const isSilent = (op: OutboxOp) => isAttach(op) && op.state !== 'needs_person'

async function progressOf(id: string, ops: OutboxOp[], row: SubmissionRow | null): Promise<Progress> {
  const chip = chipOf(ops.find((op) => !isSilent(op))?.state ?? null, row && chipOfRow(row))
  const videos = chip === 'video_missing' ? await db.media.where('submission_id').equals(id).toArray() : []
  const video = videos.find(({ state }) => state !== 'staging')
  return video ? videoProgress(video) : { chip: chip === 'draft' ? 'received' : chip, progress: null }
}

/**
 * Reads outbox, overlay and base in the order in which an op moves through them, so that an op that moves during the
 * read is seen at least once. In the opposite order a verdict between two reads would hide it.
 */
async function viewOf(item: Item): Promise<SubmissionView> {
  const own = (await db.outbox.where('entity_id').equals(item.id).sortBy('seq')).filter((op) => !op.actor)
  const row = await newestRow(item.id, own)
  const campaign = await getConvocatoriaById(item.convocatoria_id).catch(() => undefined)
  const refusal = refusalOf(item, own)
  const { chip, progress } = await progressOf(item.id, own, row)
  return {
    id: item.id,
    title: item.title,
    convocatoria_title: row?.convocatoria_title ?? campaign?.title ?? '',
    kind: row?.kind ?? item.kind, // a link that was saved before its row was read may have no kind
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

/** All readable submissions of this phone, the newest first, and the ids of the unreadable ones. */
export async function readSubmissions(): Promise<{ views: SubmissionView[]; broken: string[] }> {
  const { rows, broken } = await readEach(db.items)
  const items = rows.filter(isItem).sort((a, b) => b.created_at.localeCompare(a.created_at))
  const views = await Promise.all(items.map((item) => viewOf(item).catch(() => null)))
  const shown = new Set(views.map((view) => view?.id))
  const unshown = rows.map(({ id }) => id).filter((id) => !shown.has(id))
  return { views: views.filter((view) => view !== null), broken: [...broken, ...unshown] }
}

/** All readable submissions of this phone, the newest first. */
export const listSubmissions = async (): Promise<SubmissionView[]> => (await readSubmissions()).views

/** A submission; undefined when it is not on this phone. */
export async function getSubmission(id: string): Promise<SubmissionView | undefined> {
  const item = await db.items.get(id)
  return item && viewOf(item)
}
