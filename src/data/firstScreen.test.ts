// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<() => Promise<unknown>>() }))
vi.mock('./rpc', () => ({ rpc }))

const worker = { controller: null as object | null }
const change = { entity: 'convocatoria', id: 'c', op: 'put', row: { id: 'c' } }
const answerOf = (more: boolean) => ({ pulls: [{ scope: 'public', status: 'ok', more, changes: [change] }] })
const FIRST = [{ scope: 'public', cursor: null }] as const

beforeEach(() => {
  vi.resetModules()
  vi.resetAllMocks()
  vi.stubEnv('PROD', true)
  Object.defineProperty(navigator, 'serviceWorker', { value: worker, configurable: true })
  worker.controller = null
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

/** Whether a promise is settled after all that can run now has run. */
async function isSettled(promise: Promise<unknown>, ms = 500): Promise<boolean> {
  let settled = false
  void promise.then(() => (settled = true))
  await vi.advanceTimersByTimeAsync(ms)
  return settled
}

test('on a first visit the database waits for the first screen, and for what is added to it meanwhile', async () => {
  vi.useFakeTimers()
  const { awaitForFirstScreen, databaseTurn } = await import('./firstScreen')
  let showPage = () => {}
  let showRows = () => {}
  awaitForFirstScreen(new Promise<void>((resolve) => (showPage = resolve)))
  const turn = databaseTurn()
  awaitForFirstScreen(new Promise<void>((resolve) => (showRows = resolve)))
  expect(await isSettled(turn)).toBe(false)
  showPage()
  expect(await isSettled(turn)).toBe(false)
  showRows()
  expect(await isSettled(turn)).toBe(true)
})

test('an answer that does not come keeps the database closed for three seconds at most', async () => {
  vi.useFakeTimers()
  const { awaitForFirstScreen, databaseTurn } = await import('./firstScreen')
  awaitForFirstScreen(new Promise(() => undefined))
  const turn = databaseTurn()
  expect(await isSettled(turn, 2900)).toBe(false)
  expect(await isSettled(turn)).toBe(true)
})

test('a returning visitor’s database is opened at once', async () => {
  vi.useFakeTimers()
  worker.controller = {}
  const { awaitForFirstScreen, databaseTurn } = await import('./firstScreen')
  awaitForFirstScreen(new Promise(() => undefined))
  expect(await isSettled(databaseTurn())).toBe(true)
})

test('the first rows are asked for once, shown, and handed over to the first pull once', async () => {
  rpc.mockResolvedValue(answerOf(false))
  const { readFirst, takeFirstRead } = await import('./firstRead')
  expect(await readFirst()).toEqual([change])
  expect(await readFirst()).toEqual([change])
  expect(rpc).toHaveBeenCalledTimes(1)
  expect(takeFirstRead([{ scope: 'public', cursor: '7.0' }]), 'of another place').toBeNull()
  expect(
    takeFirstRead([...FIRST, { scope: 'mine', id: 's', secret: '', cursor: null }]),
    'of more',
  ).toBeNull()
  expect(takeFirstRead(FIRST)).toEqual(answerOf(false))
  expect(takeFirstRead(FIRST), 'a second time').toBeNull()
})

test('rows that are older than ten seconds are not handed over', async () => {
  vi.useFakeTimers()
  rpc.mockResolvedValue(answerOf(false))
  const { readFirst, takeFirstRead } = await import('./firstRead')
  await readFirst()
  vi.advanceTimersByTime(10_000)
  expect(takeFirstRead(FIRST)).toBeNull()
})

test('rows that need a second answer are not shown, and neither is a failure', async () => {
  rpc.mockResolvedValueOnce(answerOf(true))
  expect(await (await import('./firstRead')).readFirst()).toBeNull()
  vi.resetModules()
  rpc.mockRejectedValueOnce(new Error('offline'))
  expect(await (await import('./firstRead')).readFirst()).toBeNull()
})
