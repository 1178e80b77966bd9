/**
 * Sends the bytes of sealed videos, one chunk at a time. The confirmed offset is written before and after each
 * chunk, so a kill costs at most one chunk. Runs under the lease `media`: one upload at a time on a phone.
 *
 *     sealed ─ POST ─▶ creating ─ created ─▶ patching ─ last byte ─▶ uploaded, with the op that announces it
 *        ▲                                    │  ▲
 *        │                     kill, wrong    ▼  │ HEAD: the server's offset
 *        └── the address is gone ────────── probing
 *
 *     needs_person: the server refused the file, or this phone cannot read its bytes
 *     deleted: a pull says that the server's hash matched (`arrival.ts`)
 */
import { serverNow } from '@/data/serverClock'
import { db, type MediaRow } from '@/data/db'
import { MEDIA_TABLES } from '@/data/mediaRows'
import { readEach } from '@/data/readRows'
import { Fault } from '@/domain/fault'
import { attachOpOf } from '@/domain/ops'
import { isDue } from '@/sync/backoff'
import { addToOutbox, makeOp } from '@/sync/enqueue'
import { assertFence } from '@/sync/fence'
import { asLeader, type LeaderDeps, type Led } from '@/sync/leader'
import { followArrivals } from './arrival'
import { readRange } from './bytes'
import { freeMedia, holdOf, isPendingUpload, type Network } from './holds'
import { changeFor, unreadable, type Change } from './outcomes'
import { CHUNK_BYTES, askOffset, createUpload, type Transport, type TusOutcome } from './tus'
import { sendChunk } from './tusChunk'

const LEASE = 'media'
const TABLES = [...MEDIA_TABLES, db.outbox, db.overlay, db.items, db.base, db.leases]

export interface UploadDeps extends LeaderDeps {
  transport: Transport
  random: () => number
  network: () => Network
  /** Tells the sender of ops that an op was added. */
  announce: () => void
  /** Bytes of this video that left the phone, the current chunk included. */
  onSent?: (mediaId: string, sent: number) => void
  /** Calls `stop` when the person pauses or deletes this video. Returns a function that stops watching. */
  watch?: (mediaId: string, stop: () => void) => () => void
}

export interface UploadWants {
  /** Instant (ms, phone's clock) at which the current chunk stops and no other begins. */
  until?: number
  /** Ends all waits: signal is back, or the person asked. */
  hurry?: boolean
}

/** Begins a run: schedules an offset request for chunks that a dead run left, and applies pulled statuses. */
const beginRun = (fence: number, hurry: boolean): Promise<void> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence, LEASE)
    for (const media of (await readEach(db.media)).rows) {
      await rest(media)
      if (hurry && media.not_before > 0) await db.media.update(media.id, { not_before: 0 })
    }
    await followArrivals()
  })

/** Ends the state `patching` of a video that is not being sent, so that no screen shows it as sending. */
async function rest({ id, state }: MediaRow): Promise<null> {
  if (state === 'patching') await db.media.update(id, { state: 'probing' })
  return null
}

/** Writes the next step before it is taken. Null when the video may not be uploaded now. */
const claim = (deps: UploadDeps, fence: number, id: string): Promise<MediaRow | null> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence, LEASE)
    const media = await db.media.get(id)
    if (!media || !isPendingUpload(media) || !isDue(media.not_before, deps.now())) return null
    if ((await holdOf(media, deps.network())) !== null) return rest(media)
    if (media.upload_url || media.state === 'creating') return media
    await db.media.update(id, { state: 'creating' })
    return { ...media, state: 'creating' }
  })

async function ask(deps: UploadDeps, media: MediaRow, wants: UploadWants): Promise<TusOutcome> {
  const stopping = new AbortController()
  const unwatch = deps.watch?.(media.id, () => stopping.abort())
  const options = {
    signal: stopping.signal,
    ...(wants.until !== undefined && { deadlineMs: Math.max(1_000, wants.until - deps.now()) }),
  }
  const { transport } = deps
  try {
    if (!media.upload_url) return await createUpload(transport, media, options)
    if (media.state === 'probing') return await askOffset(transport, media.upload_url, media, options)
    const { offset } = media
    const chunk = await readRange(media.id, offset, Math.min(media.bytes, offset + CHUNK_BYTES))
    const onSent = (bytes: number) => deps.onSent?.(media.id, offset + bytes)
    return await sendChunk(transport, media.upload_url, offset, chunk, { ...options, onSent })
  } finally {
    unwatch?.()
  }
}

/** The server has every byte: the state and the op that announces it are written together. */
async function finish(media: MediaRow): Promise<void> {
  const { id, submission_id } = media
  const item = await db.items.get(submission_id)
  const kind = item && attachOpOf(item.kind)
  if (!kind) return // removed from this phone during the upload; `holdOf` stops every other case earlier
  await db.media.update(id, {
    state: 'uploaded',
    offset: media.bytes,
    attempts: 0,
    not_before: 0,
    code: null,
  })
  const { secret } = item
  const op = { kind, entity_id: submission_id, payload: { media_id: id }, secret }
  await addToOutbox(makeOp(op, serverNow().toISOString()))
}

const record = (fence: number, media: MediaRow, change: Change | 'whole'): Promise<void> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence, LEASE)
    if (!(await db.media.get(media.id))) return // deleted during the call
    if (change === 'whole') await finish(media)
    else await db.media.update(media.id, change)
  })

/** The result of one call. `wait`: the call failed and is repeated later. */
type Step = { kind: 'on' } | { kind: 'end' } | { kind: 'wait'; code: string }

async function step(deps: UploadDeps, fence: number, id: string, wants: UploadWants): Promise<Step> {
  const media = await claim(deps, fence, id)
  if (!media) return { kind: 'end' }
  let change: Change | 'whole'
  try {
    change = changeFor(media, await ask(deps, media, wants), { now: deps.now(), random: deps.random })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    change = unreadable(media, error, { now: deps.now(), random: deps.random })
  }
  await record(fence, media, change)
  if (change === 'whole') {
    deps.announce()
    return { kind: 'end' }
  }
  return change.not_before ? { kind: 'wait', code: change.code ?? 'server' } : { kind: 'on' }
}

/** Sends one video until it ends or fails. Returns the code of the failure, or null. */
async function send(deps: UploadDeps, fence: number, id: string, wants: UploadWants): Promise<string | null> {
  while (deps.now() < (wants.until ?? Infinity)) {
    const done = await step(deps, fence, id, wants)
    if (done.kind === 'end') return null
    if (done.kind === 'wait') return done.code
  }
  return null
}

/**
 * Sends all videos that may be uploaded, one after the other. `failed`: an upload stopped and will continue by itself.
 * `busy`: another tab is uploading. Rejects only when the phone's storage fails.
 */
export async function runUploads(deps: UploadDeps, wants: UploadWants = {}): Promise<Led | 'failed'> {
  let hasFailed = false
  const led = await asLeader(
    async (fence) => {
      await beginRun(fence, wants.hurry ?? false)
      for (const { id } of await freeMedia(deps.network())) {
        const code = await send(deps, fence, id, wants)
        hasFailed ||= code !== null
        if (code === 'offline') break
      }
    },
    deps,
    LEASE,
  )
  return led === 'done' && hasFailed ? 'failed' : led
}
