/**
 * Runs before the first load has arrived: asks for the landing's document, and when a campaign's address is opened for
 * its scripts and, on a first visit, for the public rows (`data/firstRead.ts`). Otherwise all would wait until vendor
 * and base have run. It imports nothing but two constants.
 */
import { SUPABASE_KEY, SUPABASE_URL } from '@/data/config'

const LONGEST_MS = 30_000

const controller = new AbortController()
setTimeout(() => controller.abort(), LONGEST_MS)

function ask(fn: string, init?: RequestInit): void {
  const url = `${SUPABASE_URL}/rest/v1/rpc/${fn}`
  const headers = { apikey: SUPABASE_KEY, accept: 'application/json', ...init?.headers }
  const sentAt = performance.now()
  const response = fetch(url, {
    ...init,
    headers,
    redirect: 'error',
    credentials: 'omit',
    signal: controller.signal,
  })
  response.catch(() => undefined) // whoever takes it is told
  ;(globalThis.early ??= {})[url] = { response, sentAt }
}

const parts = location.pathname.split('/').filter(Boolean)
const inCampaign = parts[0] === 'c'
ask('bootstrap')
if (inCampaign && !navigator.serviceWorker?.controller)
  ask('pull_changes', {
    method: 'POST',
    cache: 'no-store',
    headers: { 'content-type': 'application/json' },
    body: '{"pulls":[{"scope":"public","cursor":null}]}',
  })

const filesOf = (part: string) =>
  document.querySelector<HTMLMetaElement>(`meta[name="files-${CSS.escape(part)}"]`)?.content
const files = inCampaign && (filesOf(parts[2] ?? '') ?? filesOf(''))
if (files)
  for (const href of files.split(' ')) {
    const kind = href.endsWith('.js') ? { rel: 'modulepreload' } : { rel: 'preload', as: 'style' }
    // as the build's own links: with another mode the file would be fetched twice
    document.head.append(Object.assign(document.createElement('link'), kind, { href, crossOrigin: '' }))
  }
