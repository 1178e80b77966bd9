/**
 * Uploads the file of an insumo resumably, as the phone of a video does and with the member's token. Goes on after a cut by
 * itself; the address of the upload outlives a reload of the page, so choosing the same file again continues.
 */
import { answerOf, supabase } from '@/data/staff/client'
import { Fault } from '@/domain/fault'
import {
  askOffset,
  CHUNK_BYTES,
  createUpload,
  type SendOptions,
  type Transport,
  type TusAnswer,
  type TusFile,
  type TusOutcome,
} from '@/media/tus'
import { sendChunk } from '@/media/tusChunk'
import { xhrTransport } from '@/media/xhrTransport'
import { backoffMs } from '@/sync/backoff'
import type { Prepared } from './prepare'

/** Refusals in a row until the person is told: the first may only mean that a token just ended. */
const MOST_DENIALS = 3

export interface UploadWatch {
  signal: AbortSignal
  onSent(bytes: number): void
  /** The connection is gone or the server is busy; it goes on by itself. */
  onWait(): void
}

/** The storage API refuses a token with a 400 in JSON that lacks the header of tus. A captive portal answers in HTML. */
const isTokenRefused = ({ status, header }: TusAnswer): boolean =>
  status === 401 ||
  (status === 400 &&
    header('tus-resumable') === null &&
    (header('content-type') ?? '').startsWith('application/json'))

/** Sends with the member's token. A refused one is renewed for the next attempt and answered as 401. */
const asMember: Transport = async (request, options) => {
  const { data } = await supabase.auth.getSession()
  const token = data.session?.access_token
  if (!token) throw new Fault('auth', false)
  const headers = { ...request.headers, authorization: `Bearer ${token}` }
  const answer = await xhrTransport({ ...request, headers }, options)
  if (!isTokenRefused(answer)) return answer
  await supabase.auth.refreshSession()
  return { ...answer, status: 401 }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(end, ms)
    function end() {
      clearTimeout(timer)
      removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      done()
    }
    addEventListener('online', end)
    signal.addEventListener('abort', end)
  })

interface Progress {
  url: string | null
  offset: number
  /** Whether the server must say how far it is. */
  asks: boolean
  failures: number
  denials: number
}

const placeOf = (id: string) => `insumo-upload-${id}`
const begin = (id: string): Progress => {
  const url = sessionStorage.getItem(placeOf(id))
  return { url, offset: 0, asks: url !== null, failures: 0, denials: 0 }
}

/** What an outcome makes of the upload; true when the server has every byte. */
function follow(progress: Progress, outcome: TusOutcome, id: string, length: number): boolean {
  const { kind } = outcome
  if (kind === 'exists') return true
  if (kind === 'created') Object.assign(progress, { url: outcome.url, offset: 0, asks: false })
  else if (kind === 'at')
    Object.assign(progress, { offset: outcome.offset, asks: false, failures: 0, denials: 0 })
  else if (kind === 'gone') Object.assign(progress, { url: null, offset: 0, failures: progress.failures + 1 })
  else if (kind === 'denied') progress.denials++
  else if (kind === 'refused') throw new Fault('file_type', false)
  else if (kind === 'stopped') throw new Fault('stopped', false)
  else Object.assign(progress, { asks: progress.url !== null, failures: progress.failures + 1 })
  if (progress.denials >= MOST_DENIALS) throw new Fault('not_allowed', false)
  if (progress.url) sessionStorage.setItem(placeOf(id), progress.url)
  else sessionStorage.removeItem(placeOf(id))
  return progress.url !== null && progress.offset === length && !progress.asks
}

/** Sends all bytes of an announced file. Faults: `stopped` by the signal, `not_allowed`, `file_type`, `auth`. */
export async function uploadFile(
  { id, mime, bucket }: Pick<Required<TusFile>, 'id' | 'mime' | 'bucket'>,
  bytes: Uint8Array<ArrayBuffer>,
  watch: UploadWatch,
): Promise<void> {
  const file = { id, bytes: bytes.length, mime, bucket }
  const progress = begin(id)
  const options: SendOptions = {
    signal: watch.signal,
    onSent: (sent) => watch.onSent(progress.offset + sent),
  }
  const ask = (): Promise<TusOutcome> => {
    if (!progress.url) return createUpload(asMember, file, { signal: watch.signal })
    if (progress.asks) return askOffset(asMember, progress.url, file, { signal: watch.signal })
    const chunk = bytes.slice(progress.offset, progress.offset + CHUNK_BYTES)
    return sendChunk(asMember, progress.url, progress.offset, chunk, options)
  }
  while (!follow(progress, await ask(), id, bytes.length)) {
    watch.onSent(progress.offset)
    if (progress.failures + progress.denials === 0) continue
    watch.onWait()
    await pause(backoffMs(progress.failures + progress.denials, Math.random()), watch.signal)
  }
  sessionStorage.removeItem(placeOf(id))
}

/** Announces the file to the server. Faults as `rpc`. */
export const announceFile = (p_convocatoria: string, p_id: string, { kind, mime, bytes, sha256 }: Prepared) =>
  answerOf(
    supabase.rpc('add_insumo_file', {
      p_convocatoria,
      p_id,
      p_kind: kind,
      p_mime: mime,
      p_bytes: bytes.length,
      p_sha256: sha256,
    }),
  )
