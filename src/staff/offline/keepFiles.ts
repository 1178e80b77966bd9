/**
 * Keeps the files of the staff's pages on the phones of members who work offline, so that a reload finds them. No
 * citizen's phone has them.
 */
import { keepCode } from '@/media/keptCode'
import { isStaffFile } from './staffFiles'

/** The staff files that this page loaded, from its preload links and from the browser's resource timings. */
function loaded(): Set<string> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href)
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  return new Set([...links, ...fetched].filter(isStaffFile))
}

/** Keeps the loaded files. Resolves to whether an offline reload finds the whole app. */
export async function keepStaffFiles(): Promise<boolean> {
  try {
    if (!(await keepCode('staff', loaded()))) return false
    await navigator.serviceWorker.ready
    return true
  } catch {
    return false // no space, no connection or no Cache API: the page works offline until it is closed
  }
}
