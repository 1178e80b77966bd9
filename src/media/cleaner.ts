/**
 * Loads the code that looks into videos and cleans them: 80 KB that only those fetch who stay on the page of an open
 * call for videos or open its form. A
 * phone that fetched it once has it without signal.
 */
import { Fault } from '@/domain/fault'
import { keepCode } from './keptCode'

const LOST = 'vite:preloadError'
const stay = (event: Event) => event.stopImmediatePropagation()

/** Imports the code. The page does not reload when that fails: it may hold a chosen file, which a reload would lose. */
async function imported(): Promise<typeof import('./clean')> {
  window.addEventListener(LOST, stay, { capture: true })
  return await import('./clean').finally(() => window.removeEventListener(LOST, stay, { capture: true }))
}

/** The code; it stays on this phone. Fault `media_code_missing` when it is not here and cannot be fetched. */
export async function loadCleaner(): Promise<typeof import('./clean')> {
  const code = await imported().catch((cause: unknown) => {
    throw new Fault('media_code_missing', true, { cause })
  })
  keepCode('video', new Set([code.ADDRESS])).catch(() => false) // without space it is fetched again next time
  return code
}

/** Fetches the code ahead of its use, as soon as there is signal. Returns a function that stops waiting for it. */
export function prepareCleaner(): () => void {
  const prepare = () => void loadCleaner().then(stop, () => undefined)
  const stop = () => window.removeEventListener('online', prepare)
  window.addEventListener('online', prepare)
  prepare()
  return stop
}
