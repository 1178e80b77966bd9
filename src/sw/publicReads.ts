/** Which answers may be kept: public reads by GET, without anybody's token, and only if they are JSON of ours. */
import type { NetworkFirst } from 'workbox-strategies'
import { SUPABASE_URL } from '@/data/config'

interface RouteContext {
  url: URL
  request: Request
}

type Options = NonNullable<ConstructorParameters<typeof NetworkFirst>[0]>
type WorkboxPlugin = NonNullable<Options['plugins']>[number]

const BASE = new URL(SUPABASE_URL)

/** Whether this asks the public function `fn` by GET, unsigned, from our server. */
export const isPublicRead = ({ url, request }: RouteContext, fn: string): boolean =>
  request.method === 'GET' &&
  url.origin === BASE.origin &&
  url.pathname === `/rest/v1/rpc/${fn}` &&
  !request.headers.has('authorization')

/**
 * A captive portal answers 200 with a page of its own. That counts as no answer: the strategy gives what the
 * phone knows, and keeps it.
 */
export const onlyOurs: WorkboxPlugin = {
  fetchDidSucceed: async ({ response }) => {
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    if (response.redirected || (response.ok && !isJson)) throw new TypeError('not an answer of ours')
    return response
  },
}
