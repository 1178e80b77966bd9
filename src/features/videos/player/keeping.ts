/**
 * Fetches a published video to this phone: piece by piece, so that a cut loses at most one of them, and with what it costs said before.
 * It goes on while the person looks at other pages.
 */
import { shallowReactive } from 'vue'
import { brokenOff, fetchPublic } from '@/campaign/publicFile'
import { Fault } from '@/domain/fault'
import type { PublishedVideo } from '@/domain/video'
import { assertSpace } from '@/media/space'
import { addressOf, freeKept, kept, keptFile, label, putPiece } from '../kept/kept'

type FailureCode = 'offline' | 'full' | 'gone' | 'server'
export type Keeping =
  { state: 'running'; received: number; stop(): void } | { state: 'failed'; code: FailureCode }

/** What is going on, by the name of the copy. */
export const keeping = shallowReactive(new Map<string, Keeping>())

const PIECE_BYTES = 1_000_000
const bytesOf = (response: Response, signal: AbortSignal) =>
  response.blob().catch((cause: unknown) => {
    throw brokenOff(signal, cause)
  })

/** The bytes of the copy from one to another. A server that knows no ranges sends all, which is taken at the beginning only. */
async function fetchPiece(
  { object, bytes }: PublishedVideo,
  from: number,
  signal: AbortSignal,
): Promise<Blob> {
  const to = Math.min(from + PIECE_BYTES, bytes) - 1
  const response = await fetchPublic(addressOf(object), signal, `bytes=${from}-${to}`)
  const total = response.headers.get('content-range')?.split('/')[1]
  if (total && Number(total) !== bytes) throw new Fault('gone', false)
  const piece = await bytesOf(response, signal)
  const wanted = response.status === 206 ? to - from + 1 : from === 0 ? bytes : -1
  if (piece.size !== wanted) throw new Fault('server', true)
  return piece
}

async function fetchVideo(
  item: PublishedVideo,
  slug: string,
  signal: AbortSignal,
  tell: (received: number) => void,
): Promise<void> {
  let received = (await keptFile(item.object))?.size ?? 0
  tell(received)
  await assertSpace(item.bytes - received)
  await label({ item, slug, whole: false })
  while (received < item.bytes) {
    const piece = await fetchPiece(item, received, signal)
    await putPiece(item.object, received, piece)
    received += piece.size
    tell(received)
  }
  for (const name of [item.poster, item.captions])
    if (name) await putPiece(name, 0, await bytesOf(await fetchPublic(addressOf(name), signal), signal))
  if (signal.aborted) throw new Fault('stopped', true)
  await label({ item, slug, whole: true })
}

/** A fault that is none of ours is one of the disk. */
const codeOf = (cause: unknown): string => (cause instanceof Fault ? cause.code : 'full')

/** Keeps a video, or goes on with it. Never rejects: `keeping` tells a failure. What was stopped stays until it is removed. */
export async function keepVideo(item: PublishedVideo, slug: string): Promise<void> {
  const { object } = item
  if (keeping.get(object)?.state === 'running') return
  const stopping = new AbortController()
  const tell = (received: number) =>
    void keeping.set(object, { state: 'running', received, stop: () => stopping.abort() })
  tell(0)
  try {
    await fetchVideo(item, slug, stopping.signal, tell)
    keeping.delete(object)
  } catch (cause) {
    const code = codeOf(cause)
    if (code === 'gone') await freeKept(object).catch(() => undefined)
    if (code === 'stopped') keeping.delete(object)
    else
      keeping.set(object, {
        state: 'failed',
        code: code === 'storage_full' ? 'full' : (code as FailureCode),
      })
  }
}

export const isPartlyKept = (object: string): boolean => kept.get(object)?.whole === false
