/** Fetches a video to this device for its juror: piece by piece, so that a cut loses at most one of them, once they asked for it. */
import { shallowReactive } from 'vue'
import { openFile } from '@/data/staff/useOpenedFile'
import { Fault } from '@/domain/fault'
import { assertSpace } from '@/media/space'
import type { JuryVideo } from '../../jury'
import { putPiece, putVideo, readFile } from './keptJury'

const PIECE_BYTES = 1_000_000
/** A new address is asked for so many seconds before the old one ends. */
const MARGIN_S = 30

type JuryKeeping =
  | { state: 'running'; received: number; stop(): void }
  | { state: 'failed'; code: 'offline' | 'full' | 'server' }

/** What is going on, by the seat. It goes on while the juror looks at other pages. */
export const keepingJury = shallowReactive(new Map<string, JuryKeeping>())

/** The address of a stored file, asked for again before it ends. */
function addressOf(name: string) {
  let url = ''
  let until = 0
  return async () => {
    if (performance.now() < until) return url
    const opened = await openFile('videos-intake', name)
    until = performance.now() + (opened.seconds - MARGIN_S) * 1000
    return (url = opened.url)
  }
}

async function fetchPiece(
  url: string,
  from: number,
  bytes: number,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const to = Math.min(from + PIECE_BYTES, bytes) - 1
  const response = await fetch(url, { headers: { range: `bytes=${from}-${to}` }, signal }).catch(() => null)
  if (!response) throw new Fault('offline', true)
  const piece = response.status === 206 ? await response.arrayBuffer().catch(() => null) : null
  if (response.status !== 206) throw new Fault('server', true)
  if (piece?.byteLength !== to - from + 1) throw new Fault('offline', true)
  return piece
}

/** A member who signed out meanwhile keeps nothing. */
const orSignedOut = <T>(written: T | null): T => {
  if (written === null) throw new Fault('session_required', false)
  return written
}

async function fetchVideo(
  userId: string,
  video: JuryVideo,
  signal: AbortSignal,
  tell: (received: number) => void,
) {
  const { id, media } = video
  let received = (await readFile(userId, id, media.mime))?.size ?? 0
  tell(received)
  await assertSpace(media.bytes - received)
  orSignedOut(await putVideo(userId, { video, whole: false }))
  const address = addressOf(media.id)
  while (received < media.bytes && !signal.aborted) {
    const piece = await fetchPiece(await address(), received, media.bytes, signal)
    orSignedOut(await putPiece(userId, id, received, piece))
    received += piece.byteLength
    tell(received)
  }
  if (!signal.aborted) orSignedOut(await putVideo(userId, { video, whole: true }))
}

function codeOf(cause: unknown): 'offline' | 'full' | 'server' {
  const code = cause instanceof Fault ? cause.code : 'server'
  if (code === 'storage_full' || code === 'storage_failed') return 'full'
  return code === 'offline' || code === 'timeout' ? 'offline' : 'server'
}

/** Keeps a video, or goes on with it. Never rejects: `keepingJury` tells a failure. What was stopped stays until it is removed. */
export async function keepForJury(userId: string, video: JuryVideo): Promise<void> {
  const { id } = video
  if (keepingJury.get(id)?.state === 'running') return
  const stopping = new AbortController()
  const tell = (received: number) =>
    void keepingJury.set(id, { state: 'running', received, stop: () => stopping.abort() })
  tell(0)
  try {
    await fetchVideo(userId, video, stopping.signal, tell)
    keepingJury.delete(id)
  } catch (cause) {
    if (stopping.signal.aborted) keepingJury.delete(id)
    else keepingJury.set(id, { state: 'failed', code: codeOf(cause) })
  }
}
