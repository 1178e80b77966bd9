/**
 * The files of the staff's pages, kept on the phone of who opens the door or reviews without signal, so that a
 * reload there finds them: the worker reads this cache (src/sw/sw.ts) and no citizen's phone ever has it.
 */

/** The worker's name for it too. */
const CACHE = 'staff'
const IS_OURS = /\/assets\/staff-[^/?]+\.(js|css)$/u

/** What this page loaded: by the loader's own links, and by what the browser remembers. */
function loaded(): Set<string> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href)
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  return new Set([...links, ...fetched].filter((url) => IS_OURS.test(url)))
}

const isCode = (response: Response) =>
  response.ok && !response.redirected && /javascript|css/u.test(response.headers.get('content-type') ?? '')

/**
 * Keeps them, and when all of them are kept forgets those of earlier versions. A captive portal's page is no
 * file of ours. Resolves to whether a reload without signal finds all of the app, once the worker holds the rest.
 */
export async function keepStaffFiles(): Promise<boolean> {
  try {
    const cache = await caches.open(CACHE)
    const wanted = loaded()
    if (wanted.size === 0) return false
    for (const url of wanted) {
      if (await cache.match(url)) continue
      const response = await fetch(url)
      if (!isCode(response)) return false
      await cache.put(url, response)
    }
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url)
    await navigator.serviceWorker.ready
    return true
  } catch {
    return false // no room, no signal, or a browser without caches: the door works while it stays open
  }
}
