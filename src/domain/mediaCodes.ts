/**
 * Every code that can stand on a video of this phone: why its bytes wait, or why they stopped. Closed, so that
 * each has words (`features/videos/transferWords.ts`).
 */

/** What becomes of a call, tried again without the person. */
export type CallCode = 'offline' | 'timeout' | 'not_ours' | 'busy' | 'rate_limited' | 'server'

/** A right that the server's row may give a moment later; after some tries the person is asked. */
export type DenialCode = 'auth' | 'upload_denied'

/** What the server does not take of this file. */
export type FileCode = 'media_too_large' | 'media_type_unsupported'

/** What this phone's storage did to the bytes. */
export type PhoneCode = 'media_lost' | 'storage_full' | 'storage_closed'

/** What the server says of bytes that came, or did not come in time. */
type ArrivalCode = 'media_mismatch' | 'media_expired'

/** On `media.code`. */
export type MediaCode = CallCode | DenialCode | FileCode | PhoneCode | ArrivalCode

/** Why the server refused to hear that every byte is there. */
export type AttachCode = 'upload_missing' | 'upload_mismatch'

const FINAL: ReadonlySet<string> = new Set<MediaCode | AttachCode>([
  'media_too_large',
  'media_type_unsupported',
  'media_lost',
  'media_mismatch',
  'media_expired',
  'upload_mismatch',
])

/** Whether sending the same bytes again cannot help. */
export const isFinalMedia = (code: string | null): boolean => code !== null && FINAL.has(code)
