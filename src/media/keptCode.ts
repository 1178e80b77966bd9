/**
 * Keeps code that not every phone fetches, so that those who used it once have it without signal. The worker answers
 * from these caches (src/sw/sw.ts), and a page fills them, because only a page knows what it loaded.
 */

const isCode = (response: Response) =>
  response.ok &&
  !response.redirected &&
  /javascript|css|wasm/u.test(response.headers.get('content-type') ?? '')

/** The addresses of the files of this page that match, from its preload links and the browser's resource timings. */
export function loadedFiles(isOurs: (url: string) => boolean): Set<string> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href)
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  return new Set([...links, ...fetched].filter(isOurs))
}

/**
 * Keeps these files in the cache, and then deletes those of earlier versions. It rejects what is no
 * code, such as the page of a captive portal. Resolves to whether all are kept; rejects without space or Cache API.
 */
export async function keepCode(
  name: 'staff' | 'video' | 'film' | 'codes' | 'likeness' | 'voice' | 'online' | 'minors',
  wanted: ReadonlySet<string>,
): Promise<boolean> {
  const cache = await caches.open(name)
  if (wanted.size === 0) return false
  for (const url of wanted) {
    if (await cache.match(url)) continue
    const response = await fetch(url)
    if (!isCode(response)) return false
    await cache.put(url, response)
  }
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url)
  return true
}
