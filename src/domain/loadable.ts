/** The states of a read from the server, for citizens' and staff's screens. */
import { Fault } from './fault'

/**
 * `waiting`: no answer yet · `offline`: no signal · `expired`: the session ended · `denied`: this member's roles do not
 * read it · `missing`: it does not exist, or the person may not see it · `failed`: any other fault.
 */
export type LoadState = 'waiting' | 'ready' | 'offline' | 'expired' | 'denied' | 'missing' | 'failed'

const STATE_OF: Readonly<Record<string, LoadState>> = {
  offline: 'offline',
  timeout: 'offline',
  not_ours: 'offline',
  auth: 'expired',
  not_allowed: 'denied',
  submission_unknown: 'missing',
  convocatoria_unknown: 'missing',
  jornada_unknown: 'missing',
  body_unknown: 'missing',
  preview_unknown: 'missing',
}

/** The state after a failed read. */
export const loadStateOf = (error: unknown): LoadState =>
  (error instanceof Fault ? STATE_OF[error.code] : undefined) ?? 'failed'
