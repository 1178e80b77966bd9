/** Tells the page that was answered from the cache what the network answered after that. */
import type { NetworkFirst } from 'workbox-strategies'

type Options = NonNullable<ConstructorParameters<typeof NetworkFirst>[0]>
type WorkboxPlugin = NonNullable<Options['plugins']>[number]

declare const self: ServiceWorkerGlobalScope

/** Sends `{bootstrap}` to the page, which may close before it arrives. The first answer is the page's own. */
export const tellsPage: WorkboxPlugin = {
  cacheDidUpdate: async ({ oldResponse, newResponse, event }) => {
    if (!oldResponse) return
    const page = await self.clients.get((event as FetchEvent).clientId)
    page?.postMessage({ bootstrap: await newResponse.json() })
  },
}
