/**
 * Every code of a video on this phone: why its bytes wait or stopped. The list is closed, so that each code has words
 * (`features/videos/transferWords.ts`).
 */

/** A failed call, which is retried without the person. */
export type CallCode =
  | 'offline'
  | 'timeout'
  | 'not_ours'
  | 'patch_blocked' // something between refuses the method of a chunk
  | 'busy'
  | 'rate_limited'
  | 'server'

/** A denied call. The server may allow it a moment later; after some tries the person is asked. */
export type DenialCode = 'auth' | 'upload_denied'

/** Why the server does not accept the file. */
export type FileCode = 'media_too_large' | 'media_type_unsupported'

/** A fault of this phone's storage. */
export type PhoneCode = 'media_lost' | 'storage_full' | 'storage_closed'

/** The server's result for bytes that arrived, or did not arrive in time. */
type ArrivalCode = 'media_mismatch' | 'media_expired'

/** The values of `media.code`. */
export type MediaCode = CallCode | DenialCode | FileCode | PhoneCode | ArrivalCode

/** Why the server refused an attach op. */
export type AttachCode = 'upload_missing' | 'upload_mismatch'

const FINAL: ReadonlySet<string> = new Set<MediaCode | AttachCode>([
  'media_too_large',
  'media_type_unsupported',
  'media_lost',
  'media_mismatch',
  'media_expired',
  'upload_mismatch',
])

/** Whether sending the same bytes again cannot succeed. */
export const isFinalMedia = (code: string | null): boolean => code !== null && FINAL.has(code)
