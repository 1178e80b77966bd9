/** The answers that the worker may cache: JSON answers to public reads by GET without a token. */
import type { NetworkFirst } from 'workbox-strategies'
import { SUPABASE_URL } from '@/data/config'

interface RouteContext {
  url: URL
  request: Request
}

type Options = NonNullable<ConstructorParameters<typeof NetworkFirst>[0]>
type WorkboxPlugin = NonNullable<Options['plugins']>[number]

const BASE = new URL(SUPABASE_URL)

/** Whether the request is a GET of the public function `fn` from our server, without a token. */
export const isPublicRead = ({ url, request }: RouteContext, fn: string): boolean =>
  request.method === 'GET' &&
  url.origin === BASE.origin &&
  url.pathname === `/rest/v1/rpc/${fn}` &&
  !request.headers.has('authorization')

/**
 * Treats a captive portal's page as no answer, although its status is 200. The strategy then answers from the cache and
 * does not overwrite it.
 */
export const onlyOurs: WorkboxPlugin = {
  fetchDidSucceed: async ({ response }) => {
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    if (response.redirected || (response.ok && !isJson)) throw new TypeError('not our answer')
    return response
  },
}
