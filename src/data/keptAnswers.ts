/** What the worker keeps of a public read (src/sw/sw.ts), for a page that looks into it without asking the server. */
import type { PublicRead } from '@/domain/kinds'

/** The kept answers of a public function to calls with this argument; none where the browser keeps none. */
export async function keptAnswers(fn: PublicRead, argument: string): Promise<unknown[]> {
  const cache = await caches.open('published')
  const own = (await cache.keys()).filter(({ url }) => url.includes(`/${fn}?`) && url.includes(argument))
  return Promise.all(own.map(async (request): Promise<unknown> => (await cache.match(request))?.json()))
}
