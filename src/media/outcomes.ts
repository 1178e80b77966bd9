/** Maps the outcome of a request to the change of the video's row. Pure. */
import type { MediaRow } from '@/data/db'
import type { Fault } from '@/domain/fault'
import type { DenialCode, MediaCode, PhoneCode } from '@/domain/mediaCodes'
import { backoffMs, boundedWait, type RetryContext } from '@/sync/backoff'
import type { TusOutcome } from './tus'

/** A change of a video's row, without its fixed fields. */
export type Change = Partial<Omit<MediaRow, 'id' | 'submission_id' | 'bytes' | 'mime' | 'sha256'>>

/** Attempts until a denied right or unreadable bytes need the person. Earlier ones may only mean that a row lags. */
const DENIALS = 6

/** The state between two attempts. The next one asks for the server's offset or, without an address, for an address. */
const retryState = (media: MediaRow): Change => ({ state: media.upload_url ? 'probing' : 'sealed' })

const FROM_ZERO: Change = { state: 'sealed', upload_url: null, offset: 0 }

function later(media: MediaRow, code: MediaCode | null, { now, random }: RetryContext, afterMs = 0): Change {
  const attempts = media.attempts + 1
  return { attempts, code, not_before: now + Math.max(backoffMs(attempts, random()), boundedWait(afterMs)) }
}

/** Retries at once after the first failure, and with growing delays after later ones without progress. */
const soon = (media: MediaRow, moment: RetryContext): Change =>
  media.attempts === 0 ? { attempts: 1, code: null, not_before: 0 } : later(media, 'server', moment)

function reached(media: MediaRow, offset: number, moment: RetryContext): Change {
  if (media.state === 'probing') {
    const fresh = offset > media.offset ? { attempts: 0, code: null } : {}
    return { state: 'patching', offset, not_before: 0, ...fresh }
  }
  if (offset <= media.offset) return { state: 'probing', ...soon(media, moment) }
  return { state: 'patching', offset, attempts: 0, not_before: 0, code: null }
}

function denied(media: MediaRow, code: DenialCode, moment: RetryContext): Change {
  const attempts = media.code === code ? media.attempts : 0
  if (attempts + 1 >= DENIALS) return { state: 'needs_person', code }
  return { ...retryState(media), ...later({ ...media, attempts }, code, moment) }
}

/** The change after this phone failed to read a video's bytes. Transient failures are retried a few times. */
export function unreadable(media: MediaRow, { code, retryable }: Fault, moment: RetryContext): Change {
  if (!retryable) return { state: 'needs_person', code: code as PhoneCode }
  if (media.attempts + 1 >= DENIALS) return { state: 'needs_person', code: 'media_lost' }
  return { ...retryState(media), ...later(media, null, moment) }
}

/** The change that an outcome causes; `whole` when the server has every byte or an object with that name. */
export function changeFor(media: MediaRow, outcome: TusOutcome, moment: RetryContext): Change | 'whole' {
  switch (outcome.kind) {
    case 'created':
      return { state: 'patching', upload_url: outcome.url, offset: 0, not_before: 0 }
    case 'at':
      return outcome.offset === media.bytes ? 'whole' : reached(media, outcome.offset, moment)
    case 'exists':
      return 'whole'
    case 'wrong_offset':
      return { state: 'probing', ...soon(media, moment) }
    case 'gone':
      return { ...FROM_ZERO, ...soon(media, moment) }
    case 'denied':
      return denied(media, outcome.code, moment)
    case 'refused':
      return { state: 'needs_person', code: outcome.code }
    case 'wait':
      return { ...retryState(media), ...later(media, outcome.code, moment, outcome.afterMs) }
    case 'stopped':
      return { ...retryState(media), code: null }
  }
}
