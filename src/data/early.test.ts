/** What `app/early.ts` asked for before the app's scripts had arrived is taken once, and sent only once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SUPABASE_URL } from './config'

const change = { entity: 'convocatoria', id: 'c', op: 'put', row: { id: 'c' } }
const now = '2026-11-29T18:00:00Z'
const answer = { now, pulls: [{ scope: 'public', status: 'ok', more: false, changes: [change] }] }
const pull = `${SUPABASE_URL}/rest/v1/rpc/pull_changes`
const sent = vi.fn<() => Promise<Response>>()

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('fetch', sent)
  sent.mockReset().mockImplementation(() => Promise.resolve(Response.json(answer)))
})
afterEach(() => {
  vi.unstubAllGlobals()
  globalThis.early = undefined
})

const early = (response: Promise<Response>, sentAt = performance.now()) =>
  (globalThis.early = { [pull]: { response, sentAt } })

test('the public rows come from the early request, and none is sent', async () => {
  early(Promise.resolve(Response.json(answer)))
  const { readFirst, takeFirstRead } = await import('./firstRead')
  expect(await readFirst()).toEqual([change])
  expect(sent).not.toHaveBeenCalled()
  expect(takeFirstRead([{ scope: 'public', cursor: null }])).toEqual(answer)
})

test('without an early request the public rows are asked for', async () => {
  const { readFirst } = await import('./firstRead')
  expect(await readFirst()).toEqual([change])
  expect(sent).toHaveBeenCalledTimes(1)
})

test('an early request that fails gives no rows, and the next request is sent', async () => {
  const failed = Promise.reject(new TypeError('no network'))
  failed.catch(() => undefined)
  early(failed)
  const { readFirst } = await import('./firstRead')
  expect(await readFirst()).toBeNull()
  const { rpc } = await import('./rpc')
  await rpc('pull_changes', { pulls: [{ scope: 'public', cursor: null }] })
  expect(sent).toHaveBeenCalledTimes(1)
})

test('the server’s clock counts from the early request, however late its answer is read', async () => {
  early(Promise.resolve(Response.json(answer)), performance.now() - 4000)
  const { readFirst } = await import('./firstRead')
  await readFirst()
  const { clockOffset } = await import('./serverClock')
  expect(Math.abs(Date.parse(now) + 2000 - Date.now() - clockOffset())).toBeLessThan(500)
})
