/** Words for why nothing is recorded, or why a recording ended by itself. */
import { Fault } from '@/domain/fault'
import { faultText } from '@/i18n/refusals'
import { t } from './words'

const TROUBLES = {
  camera_refused: 'trouble.refused',
  camera_missing: 'trouble.missing',
  camera_busy: 'trouble.busy',
  camera_lost: 'trouble.lost',
  recording_empty: 'trouble.empty',
  storage_full: 'trouble.full',
} as const

/** What happened and what to do. */
export function troubleWords(error: unknown): string {
  const code = error instanceof Fault ? error.code : ''
  return code in TROUBLES ? t(TROUBLES[code as keyof typeof TROUBLES]) : faultText(error)
}
