/**
 * Sends the bytes of sealed videos, one chunk at a time, with what the server has written down before and
 * after each: a kill costs at most the chunk that was on its way. Under the lease `media`, one on a phone.
 */
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
import { freeMedia, holdOf, isTravelling, type Network } from './holds'
import { changeFor, unreadable, type Change } from './outcomes'
import { CHUNK_BYTES, askOffset, createUpload, sendChunk, type Transport, type TusOutcome } from './tus'

const LEASE = 'media'
const TABLES = [...MEDIA_TABLES, db.outbox, db.overlay, db.items, db.base, db.leases]

export interface UploadDeps extends LeaderDeps {
  transport: Transport
  random: () => number
  network: () => Network
  /** An op was added: whoever sends ops is to look. */
  announce: () => void
  /** Bytes of this video that have left the phone, the chunk on its way included. */
  onSent?: (mediaId: string, sent: number) => void
  /** Calls `stop` when the person pauses or deletes this video; returns how to end watching. */
  watch?: (mediaId: string, stop: () => void) => () => void
}

export interface UploadWants {
  /** Instant (phone's clock) after which no chunk begins and none goes on. */
  until?: number
  /** Waits end: signal came back, or the person asked. */
  hurry?: boolean
}

/** The start of a run: whatever a dead one left on its way is asked for, and news are followed. */
const inherit = (fence: number, hurry: boolean): Promise<void> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence, LEASE)
    for (const media of (await readEach(db.media)).rows) {
      await rest(media)
      if (hurry && media.not_before > 0) await db.media.update(media.id, { not_before: 0 })
    }
    await followArrivals()
  })

/** What may not go on does not pass for going on. */
async function rest({ id, state }: MediaRow): Promise<null> {
  if (state === 'patching') await db.media.update(id, { state: 'probing' })
  return null
}

/** Writes down what is about to be asked; null when the video may not travel now. */
const claim = (deps: UploadDeps, fence: number, id: string): Promise<MediaRow | null> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence, LEASE)
    const media = await db.media.get(id)
    if (!media || !isTravelling(media) || !isDue(media.not_before, deps.now())) return null
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

/** Every byte is there: the op that says so is written with the state, or neither is. */
async function finish(media: MediaRow): Promise<void> {
  const { id, submission_id } = media
  const item = await db.items.get(submission_id)
  const kind = item && attachOpOf(item.kind)
  if (!kind) return // removed from this phone meanwhile: `holdOf` lets no other come so far
  await db.media.update(id, {
    state: 'uploaded',
    offset: media.bytes,
    attempts: 0,
    not_before: 0,
    code: null,
  })
  const { secret } = item
  const op = { kind, entity_id: submission_id, payload: { media_id: id }, secret }
  await addToOutbox(makeOp(op, new Date().toISOString()))
}

const record = (fence: number, media: MediaRow, change: Change | 'whole'): Promise<void> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence, LEASE)
    if (!(await db.media.get(media.id))) return // deleted meanwhile
    if (change === 'whole') await finish(media)
    else await db.media.update(media.id, change)
  })

/** One question and its answer. `wait`: it went wrong, and is tried again later. */
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

/** Sends one video as far as it goes. Returns the code of what stopped it, null when nothing went wrong. */
async function send(deps: UploadDeps, fence: number, id: string, wants: UploadWants): Promise<string | null> {
  while (deps.now() < (wants.until ?? Infinity)) {
    const done = await step(deps, fence, id, wants)
    if (done.kind === 'end') return null
    if (done.kind === 'wait') return done.code
  }
  return null
}

/**
 * Sends what may travel, video by video. `failed` when something stopped that can go on later by itself,
 * `busy` when another tab is at it. Rejects only when the phone's storage fails.
 */
export async function runUploads(deps: UploadDeps, wants: UploadWants = {}): Promise<Led | 'failed'> {
  let hasFailed = false
  const led = await asLeader(
    async (fence) => {
      await inherit(fence, wants.hurry ?? false)
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
