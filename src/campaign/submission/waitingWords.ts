import { t } from './statusWords'

type Key = Parameters<typeof t>[0]

/** Why it waits, where that is not the phone's own signal. */
const REASONS: Readonly<Record<string, Key>> = {
  server: 'waiting.server',
  server_fault: 'waiting.server',
  busy: 'waiting.server',
  rate_limited: 'waiting.crowd',
  not_ours: 'waiting.portal',
}

/**
 * When what waits will leave, and why it has not: `code` is the op's. Without signal it leaves as soon as there is some
 * where the browser `wakes` the worker, elsewhere at the next opening.
 */
export function waitingWords(code: string | null, wakes: boolean): string {
  const reason = code !== null && REASONS[code]
  if (reason) return t(reason)
  return t(wakes ? 'waiting.background' : 'waiting.open')
}
