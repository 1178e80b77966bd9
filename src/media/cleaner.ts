/**
 * Loads the code that looks into videos and cleans them: 80 KB that only those fetch who stay on the page of an open
 * call for videos or open its form. A
 * phone that fetched it once has it without signal.
 */
import { importOptional } from '@/data/optionalCode'
import { Fault } from '@/domain/fault'
import { keepCode } from './keptCode'

/** The code; it stays on this phone. Fault `media_code_missing` when it is not here and cannot be fetched. */
export async function loadCleaner(): Promise<typeof import('./clean')> {
  const code = await importOptional(() => import('./clean')).catch((cause: unknown) => {
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
