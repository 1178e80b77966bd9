/**
 * Runs before the first load has arrived: asks for the landing's document, and fetches a campaign's scripts when its
 * address is opened. Otherwise both would wait until vendor and base have run. It imports nothing but two constants.
 */
import { SUPABASE_KEY, SUPABASE_URL } from '@/data/config'

const LONGEST_MS = 30_000

const url = `${SUPABASE_URL}/rest/v1/rpc/bootstrap`
const controller = new AbortController()
setTimeout(() => controller.abort(), LONGEST_MS)
const response = fetch(url, {
  headers: { apikey: SUPABASE_KEY, accept: 'application/json' },
  redirect: 'error',
  credentials: 'omit',
  signal: controller.signal,
})
response.catch(() => undefined) // whoever takes it is told
globalThis.early = { url, response }

const files = document.querySelector<HTMLMetaElement>('meta[name="campaign-files"]')?.content
if (files && location.pathname.startsWith('/c/'))
  for (const href of files.split(' ')) {
    const kind = href.endsWith('.js') ? { rel: 'modulepreload' } : { rel: 'preload', as: 'style' }
    // as the build's own links: with another mode the file would be fetched twice
    document.head.append(Object.assign(document.createElement('link'), kind, { href, crossOrigin: '' }))
  }
