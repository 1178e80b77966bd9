/**
 * Loads the code that looks into videos and cleans them: 80 KB that only those fetch who stay on the page of an open
 * call for videos, open its form or choose a sound file. A phone that fetched it once has it without signal.
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
