// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import { SUPABASE_URL } from '@/data/config'

const sent = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()
const worker = { controller: null as object | null }

afterEach(() => {
  vi.unstubAllGlobals()
  globalThis.early = undefined
})

/** The requests of the early script at this address, by function, with their bodies. */
async function askedAt(address: string, controller: object | null = null) {
  vi.resetModules()
  sent.mockReset().mockImplementation(() => Promise.resolve(Response.json({})))
  vi.stubGlobal('fetch', sent)
  worker.controller = controller
  Object.defineProperty(navigator, 'serviceWorker', { value: worker, configurable: true })
  history.replaceState(null, '', address)
  await import('./early')
  return sent.mock.calls.map(([url, { body }]) => [url.replace(`${SUPABASE_URL}/rest/v1/rpc/`, ''), body])
}

test('a first visit of a campaign asks for its rows at once, with the body of the first pull', async () => {
  const body = JSON.stringify({ pulls: [{ scope: 'public', cursor: null }] })
  expect(await askedAt('/c/cultura')).toEqual([
    ['bootstrap', undefined],
    ['pull_changes', body],
  ])
  expect(Object.keys(globalThis.early ?? {})).toHaveLength(2)
})

test('the landing, and a page that a worker serves, ask for the landing’s document only', async () => {
  expect(await askedAt('/')).toEqual([['bootstrap', undefined]])
  expect(await askedAt('/c/cultura', {})).toEqual([['bootstrap', undefined]])
})
