/**
 * A private link that this page was opened with. It leaves the address bar, and so the history, before
 * anything is loaded or shown; it stays in memory until the view takes it, once.
 */

let arrived: string | null = null

/** Takes the fragment out of the address bar and keeps it. Call it before anything else. */
export function hideFragment(hash: string, place = location, past = history): void {
  if (hash === '') return
  arrived = decode(hash)
  const clean = place.pathname + place.search
  past.replaceState({ ...(past.state as object | null), current: clean }, '', clean)
}

/** The fragment that arrived, once; afterwards it is forgotten here. */
export function takeArrived(): string | null {
  const taken = arrived
  arrived = null
  return taken
}

function decode(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return hash
  }
}
