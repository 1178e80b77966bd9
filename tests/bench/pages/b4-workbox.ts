/** A page that posts; its worker queues failed requests (`peers/b4-workbox-sw.ts`). */
import { expose } from '../support/expose'

/** One row a request, as in Workbox's examples; under `/workbox_keyed/` rows have the phone's id as key. */
const TABLE = location.pathname.includes('keyed') ? 'records_keyed' : 'records_plain'

/**
 * Reports a save when the server has answered or the request has failed, because the worker queues a request
 * before it fails.
 */
async function save(id: string, rev: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await (
    rev === 1
      ? fetch(`/rest/v1/${TABLE}`, { method: 'POST', headers, body: JSON.stringify({ id, rev }) })
      : fetch(`/rest/v1/${TABLE}?id=eq.${id}`, {
          method: 'PATCH',
          headers,
          body: JSON.stringify({ rev }),
        })
  ).catch(() => null)
  if (response === null || response.ok) void window.promised(id, rev)
}

interface Entry {
  requestData: { url: string; body?: ArrayBuffer }
}

/** The ids in Workbox's own queue. */
async function pending(): Promise<string[]> {
  const known = await indexedDB.databases()
  if (!known.some(({ name }) => name === 'workbox-background-sync')) return []
  const database = await new Promise<IDBDatabase>((done, failed) => {
    const request = indexedDB.open('workbox-background-sync')
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })
  const request = database.transaction('requests').objectStore('requests').getAll()
  const entries = await new Promise<Entry[]>(
    (done) => (request.onsuccess = () => done(request.result as Entry[])),
  )
  database.close()
  return entries.map(({ requestData: { url, body } }) => {
    const fromUrl = new URL(url).searchParams.get('id')?.slice('eq.'.length)
    return fromUrl ?? (JSON.parse(new TextDecoder().decode(body)) as { id: string }).id
  })
}

const registration = await navigator.serviceWorker.register('sw.js')
await navigator.serviceWorker.ready
if (!navigator.serviceWorker.controller) {
  await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))
}

expose({
  save,
  pending,
  view: () => ({}),
  pull: () => undefined,
  shared: () => [],
  scope: () => registration.scope,
})
