/** The standing of a voice note, from the server's row and this phone's transfer. */
import type { PropuestaContent } from '@/domain/propuesta'
import type { Transfer } from '@/media/transfers'

type Name =
  | 'waiting'
  | 'sending'
  | 'paused'
  | 'data'
  | 'stopped'
  | 'elsewhere'
  | 'checking'
  | 'arrived'
  | 'written'
  | 'erased'
  | 'failed'
  | 'expired'
  | 'gone'

export interface VoiceStanding {
  name: Name
  tone: 'info' | 'warn' | 'good' | 'bad'
  /** Whether a tap sends it. */
  canSend: boolean
}

const ABOUT_DATA: readonly (string | null)[] = ['wifi', 'network_unknown', 'save_data']

type Moving = Pick<Transfer, 'state' | 'reason'>

function nameOnItsWay(transfer: Moving | null): Name {
  if (!transfer) return 'elsewhere'
  if (transfer.state === 'needs_person') return 'stopped'
  if (transfer.state === 'uploaded') return 'checking'
  return transfer.state === 'waiting' && ABOUT_DATA.includes(transfer.reason) ? 'data' : transfer.state
}

function nameOf({ media, voice }: PropuestaContent, transfer: Moving | null): Name {
  switch (media?.status) {
    case 'attached':
      return 'checking'
    case 'verified':
      return voice?.written ? 'written' : 'arrived'
    case 'removed':
      return voice?.written ? 'erased' : 'gone'
    case 'mismatch':
      return 'failed'
    case 'expired':
      return 'expired'
    default:
      return nameOnItsWay(transfer)
  }
}

const BAD: readonly Name[] = ['failed', 'expired', 'stopped']
const GOOD: readonly Name[] = ['arrived', 'written']
const WARN: readonly Name[] = ['waiting', 'paused', 'data', 'elsewhere']

/** The server's row takes precedence: only the server knows what it received. */
export function standingOf(content: PropuestaContent, transfer: Moving | null): VoiceStanding {
  const name = nameOf(content, transfer)
  const tone = BAD.includes(name)
    ? 'bad'
    : GOOD.includes(name)
      ? 'good'
      : WARN.includes(name)
        ? 'warn'
        : 'info'
  return { name, tone, canSend: ['paused', 'data', 'stopped'].includes(name) }
}
