/** What an answer of the server does to a video's manifest. Pure: what is written, and nothing else. */
import type { MediaRow } from '@/data/db'
import type { Fault } from '@/domain/fault'
import type { DenialCode, MediaCode, PhoneCode } from '@/domain/mediaCodes'
import { backoffMs, boundedWait, type RetryContext } from '@/sync/backoff'
import type { TusOutcome } from './tus'

export type Change = Partial<Omit<MediaRow, 'id' | 'submission_id' | 'bytes' | 'mime' | 'sha256'>>

/** A right refused, or bytes not handed out, so often is not a matter of time: the server's row may lag, it does not for ever. */
const DENIALS = 6

/** Where a video waits between two attempts: what the server has is asked again, or an address. */
const resting = (media: MediaRow): Change => ({ state: media.upload_url ? 'probing' : 'sealed' })

const FROM_ZERO: Change = { state: 'sealed', upload_url: null, offset: 0 }

function later(media: MediaRow, code: MediaCode | null, { now, random }: RetryContext, afterMs = 0): Change {
  const attempts = media.attempts + 1
  return { attempts, code, not_before: now + Math.max(backoffMs(attempts, random()), boundedWait(afterMs)) }
}

/** The first surprise is looked into at once; the next ones, without progress in between, ever later. */
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
  return { ...resting(media), ...later({ ...media, attempts }, code, moment) }
}

/** Bytes that this phone did not hand out: perhaps in a moment, not for ever. All that reading rows can throw. */
export function unreadable(media: MediaRow, { code, retryable }: Fault, moment: RetryContext): Change {
  if (!retryable) return { state: 'needs_person', code: code as PhoneCode }
  if (media.attempts + 1 >= DENIALS) return { state: 'needs_person', code: 'media_lost' }
  return { ...resting(media), ...later(media, null, moment) }
}

/** The change an outcome makes; `whole` when the server has every byte, or an object of that name. */
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
      return { ...resting(media), ...later(media, outcome.code, moment, outcome.afterMs) }
    case 'stopped':
      return { ...resting(media), code: null }
  }
}
