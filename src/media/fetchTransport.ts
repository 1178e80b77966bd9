/** The transport of the service worker. `fetch` reports no progress, so a deadline ends each request. */
import { Fault } from '@/domain/fault'
import type { Transport } from './tus'

const DEADLINE_MS = 120_000

export const fetchTransport: Transport = async ({ url, method, headers, body }, options) => {
  const late = AbortSignal.timeout(options.deadlineMs ?? DEADLINE_MS)
  const signals = options.signal ? [late, options.signal] : [late]
  const ending = new AbortController()
  for (const signal of signals) {
    if (signal.aborted) ending.abort()
    signal.addEventListener('abort', () => ending.abort(), { once: true })
  }
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body && { body }),
      signal: ending.signal,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error', // only a captive portal redirects
    })
    return { status: response.status, header: (name) => response.headers.get(name) }
  } catch (cause) {
    if (options.signal?.aborted) throw new Fault('stopped', true, { cause })
    throw new Fault(late.aborted ? 'timeout' : 'offline', true, { cause })
  }
}
