/**
 * Takes a private link out of the address bar and the history before anything is loaded or shown. The link stays in
 * memory until the view takes it, once.
 */

let arrived: string | null = null

/**
 * Removes the fragment, also one behind `%23`, and the parameters from the address bar and stores the fragment in memory.
 * Call it before anything else.
 */
export function hideFragment(hash: string, place = location, past = history): void {
  if (hash === '') return
  arrived = decode(hash)
  const clean = place.pathname.replace(/%(?:25)*23.*$/u, '')
  past.replaceState({ ...(past.state as object | null), current: clean }, '', clean)
}

/** Returns the stored fragment and forgets it. */
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
