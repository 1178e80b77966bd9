/**
 * tus 1.0 as Supabase implements it: create an upload, ask for its offset, send a chunk. Each answer becomes one of
 * the outcomes below; `outcomes.ts` decides what an outcome means for the video. Nothing is retried here.
 */
import { SUPABASE_KEY, SUPABASE_URL } from '@/data/config'
import { Fault } from '@/domain/fault'
import type { CallCode, DenialCode, FileCode } from '@/domain/mediaCodes'

/** The only chunk size that the server accepts, except for the last chunk. */
export const CHUNK_BYTES = 6 * 1024 * 1024

const ENDPOINT = `${SUPABASE_URL}/storage/v1/upload/resumable`
const VIDEOS = 'videos-intake'
const CACHE_S = '3600'
const VERSION = '1.0.0'

export interface TusRequest {
  method: 'POST' | 'HEAD' | 'PATCH'
  url: string
  headers: Record<string, string>
  body?: Uint8Array<ArrayBuffer>
}

export interface TusAnswer {
  status: number
  header: (name: string) => string | null
}

export interface SendOptions {
  /** Ends the request with the fault `stopped`. */
  signal?: AbortSignal | undefined
  /** Receives the bytes of the body that have left so far, when the browser reports them. */
  onSent?: ((bytes: number) => void) | undefined
  /** The longest time for the whole request. Without it a transport uses its own limit. */
  deadlineMs?: number | undefined
}

/** Sends one request. Faults: `offline`, `timeout`, `not_ours` (redirected), `stopped` (by the signal). */
export type Transport = (request: TusRequest, options: SendOptions) => Promise<TusAnswer>

export type TusOutcome =
  | { kind: 'created'; url: string }
  | { kind: 'at'; offset: number }
  | { kind: 'exists' } // the bucket has an object with this name
  | { kind: 'wrong_offset' }
  | { kind: 'gone' } // the address is unknown, expired or belongs to another file
  | { kind: 'denied'; code: DenialCode }
  | { kind: 'refused'; code: FileCode }
  | { kind: 'wait'; code: CallCode; afterMs: number }
  | { kind: 'stopped' }

export interface TusFile {
  id: string
  bytes: number
  mime: string
  /** The bucket of videos when it is absent. */
  bucket?: string
}

const toBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

const metadataOf = ({ id, mime, bucket = VIDEOS }: TusFile): string =>
  Object.entries({ bucketName: bucket, objectName: id, contentType: mime, cacheControl: CACHE_S })
    .map(([key, value]) => `${key} ${toBase64(value)}`)
    .join(',')

const wait = (code: CallCode, afterMs = 0): TusOutcome => ({ kind: 'wait', code, afterMs })

function retryAfterMs(answer: TusAnswer): number {
  const seconds = Number(answer.header('retry-after') ?? 0)
  return Number.isFinite(seconds) ? seconds * 1000 : 0 // a date is ignored: the phone's clock may be wrong
}

/**
 * The outcome of an answer that is no success. A captive portal can answer with any status, so an outcome that
 * discards sent bytes or needs the person requires a tus header.
 */
function failureOf(request: TusRequest, answer: TusAnswer): TusOutcome {
  const { status } = answer
  const isChunk = 'upload-offset' in request.headers
  if (isChunk && (status === 405 || status === 501)) return wait('patch_blocked')
  if (status === 401) return { kind: 'denied', code: 'auth' }
  if (status === 429) return wait('rate_limited', retryAfterMs(answer))
  if (status === 423 || status >= 500) return wait(status === 423 ? 'busy' : 'server', retryAfterMs(answer))
  if (answer.header('tus-resumable') === null) return wait('not_ours')
  if (status === 403) return { kind: 'denied', code: 'upload_denied' }
  if (status === 413) return { kind: 'refused', code: 'media_too_large' }
  if (status === 415) return { kind: 'refused', code: 'media_type_unsupported' }
  if (request.method === 'POST' && !isChunk) return status === 409 ? { kind: 'exists' } : wait('server')
  if (status === 404 || status === 410) return { kind: 'gone' }
  return status === 409 ? { kind: 'wrong_offset' } : wait('server')
}

/** Sends a request of tus and returns its outcome; `onSuccess` reads an answer that is ours. */
export async function exchange(
  transport: Transport,
  request: TusRequest,
  options: SendOptions,
  onSuccess: (answer: TusAnswer) => TusOutcome,
): Promise<TusOutcome> {
  const headers = { apikey: SUPABASE_KEY, 'tus-resumable': VERSION, ...request.headers }
  try {
    const answer = await transport({ ...request, headers }, options)
    if (answer.status < 200 || answer.status > 299) return failureOf(request, answer)
    return answer.header('tus-resumable') === null ? wait('not_ours') : onSuccess(answer)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return error.code === 'stopped' ? { kind: 'stopped' } : wait(error.code as CallCode)
  }
}

export const offsetOf = (answer: TusAnswer): number | null => {
  const text = answer.header('upload-offset')
  return text !== null && /^\d+$/u.test(text) ? Number(text) : null
}

/** Creates an upload and returns its address. The app's own host replaces the server's, which a proxy can hide. */
export const createUpload = (transport: Transport, file: TusFile, options: SendOptions) =>
  exchange(
    transport,
    {
      method: 'POST',
      url: ENDPOINT,
      headers: { 'upload-length': String(file.bytes), 'upload-metadata': metadataOf(file) },
    },
    options,
    (answer) => {
      const location = answer.header('location')
      if (!location || !URL.canParse(location, ENDPOINT)) return wait('not_ours')
      const { pathname, search } = new URL(location, ENDPOINT)
      return { kind: 'created', url: new URL(pathname + search, ENDPOINT).href }
    },
  )

/** Asks how many bytes the server has. */
export const askOffset = (transport: Transport, url: string, file: TusFile, options: SendOptions) =>
  exchange(transport, { method: 'HEAD', url, headers: {} }, options, (answer) => {
    const offset = offsetOf(answer)
    const length = answer.header('upload-length')
    if (offset === null) return wait('not_ours')
    return offset > file.bytes || (length !== null && Number(length) !== file.bytes)
      ? { kind: 'gone' }
      : { kind: 'at', offset }
  })
