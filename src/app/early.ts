/**
 * Runs before the first load has arrived: asks for the landing's document, and fetches the scripts of a campaign's page
 * when its address is opened. Otherwise both would wait until vendor and base have run. It imports nothing but two constants.
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

const parts = location.pathname.split('/').filter(Boolean)
const files =
  parts[0] === 'c' &&
  document.querySelector<HTMLMetaElement>(`meta[name="files-${Math.min(parts.length, 4)}"]`)?.content
if (files)
  for (const href of files.split(' ')) {
    const kind = href.endsWith('.js') ? { rel: 'modulepreload' } : { rel: 'preload', as: 'style' }
    // as the build's own links: with another mode the file would be fetched twice
    document.head.append(Object.assign(document.createElement('link'), kind, { href, crossOrigin: '' }))
  }
