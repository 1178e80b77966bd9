/**
 * Keeps the files of the staff's pages on the phones of members who work offline, so that a reload finds them. No
 * citizen's phone has them.
 */
import { keepCode, loadedFiles } from '@/media/keptCode'
import { isStaffFile } from './staffFiles'

/** Keeps the loaded files. Resolves to whether an offline reload finds the whole app. */
export async function keepStaffFiles(): Promise<boolean> {
  try {
    if (!(await keepCode('staff', loadedFiles(isStaffFile)))) return false
    await navigator.serviceWorker.ready
    return true
  } catch {
    return false // no space, no connection or no Cache API: the page works offline until it is closed
  }
}
