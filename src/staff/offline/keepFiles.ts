/**
 * Keeps the files of the staff's pages on the phones of members who work offline, so that a reload finds them. The
 * worker answers from this cache (src/sw/sw.ts). No citizen's phone has it.
 */

/** The worker uses the same name. */
const CACHE = 'staff'
const IS_OURS = /\/assets\/staff-[^/?]+\.(js|css)$/u

/** The staff files that this page loaded, from its preload links and from the browser's resource timings. */
function loaded(): Set<string> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href)
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  return new Set([...links, ...fetched].filter((url) => IS_OURS.test(url)))
}

const isCode = (response: Response) =>
  response.ok && !response.redirected && /javascript|css/u.test(response.headers.get('content-type') ?? '')

/**
 * Keeps these files, and then deletes those of earlier versions. It rejects what is neither JavaScript nor CSS, such
 * as the page of a captive portal. Resolves to whether an offline reload finds the whole app.
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
    return false // no space, no connection or no Cache API: the page works offline until it is closed
  }
}
