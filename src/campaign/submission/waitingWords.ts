import { t } from './statusWords'

type Key = Parameters<typeof t>[0]

/** Words for reasons other than a missing connection. */
const REASONS: Readonly<Record<string, Key>> = {
  server: 'waiting.server',
  server_fault: 'waiting.server',
  busy: 'waiting.server',
  rate_limited: 'waiting.crowd',
  not_ours: 'waiting.portal',
  convocatoria_paused: 'waiting.paused',
}

/**
 * Why a pending op has not been sent and when it will be. `code` is the op's code. `wakes`: the browser wakes the
 * worker when a connection returns; otherwise the op is sent when the person opens the app again.
 */
export function waitingWords(code: string | null, wakes: boolean): string {
  const reason = code !== null && REASONS[code]
  if (reason) return t(reason)
  return t(wakes ? 'waiting.background' : 'waiting.open')
}
