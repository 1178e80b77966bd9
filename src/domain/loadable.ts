/** The states of everything that is read from elsewhere, the same for citizens and staff. */
import { Fault } from './fault'

/**
 * `waiting`: it may still come · `offline`: no signal · `expired`: the session ended · `missing`: there is none, or
 * none that one may see · `failed`: it could not be read.
 */
export type LoadState = 'waiting' | 'ready' | 'offline' | 'expired' | 'missing' | 'failed'

const STATE_OF: Readonly<Record<string, LoadState>> = {
  offline: 'offline',
  timeout: 'offline',
  not_ours: 'offline',
  auth: 'expired',
  submission_unknown: 'missing',
  convocatoria_unknown: 'missing',
  jornada_unknown: 'missing',
  preview_unknown: 'missing',
}

/** What a failed read means for the screen. */
export const loadStateOf = (error: unknown): LoadState =>
  (error instanceof Fault ? STATE_OF[error.code] : undefined) ?? 'failed'
