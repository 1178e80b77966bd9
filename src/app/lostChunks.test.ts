// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { holdUnsaved } from '@/data/unsaved'
import { isReloading, reloadOnceOnLostChunks } from './lostChunks'

const assign = vi.spyOn(window.location, 'assign').mockImplementation(() => undefined)
const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => undefined)
const online = vi.spyOn(navigator, 'onLine', 'get')

const lose = () => window.dispatchEvent(new Event('vite:preloadError'))
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', component: {} },
    {
      path: '/borrador',
      component: () => {
        lose()
        return Promise.reject(new Error('Failed to fetch dynamically imported module'))
      },
    },
  ],
})
router.onError(() => undefined) // the app shows the error
reloadOnceOnLostChunks(router)

beforeEach(() => {
  sessionStorage.clear()
  vi.clearAllMocks()
  online.mockReturnValue(true)
})

test('a chunk that a deploy took away makes the page load its target once', async () => {
  await router.push('/')
  await router.push('/borrador').catch(() => undefined)
  expect(assign.mock.calls).toEqual([['/borrador']])
  await router.push('/borrador').catch(() => undefined)
  expect(assign, 'the second failure shows the error').toHaveBeenCalledTimes(1)
})

test('a lost chunk of the open page reloads it after unsaved text is written', async () => {
  await router.push('/')
  let write = (_isKept: boolean) => {}
  const release = holdUnsaved(() => new Promise((resolve) => (write = resolve)))
  lose()
  await new Promise((resolve) => setTimeout(resolve))
  expect(reload).not.toHaveBeenCalled()
  write(true)
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1), { timeout: 20_000 })
  release()
})

test('a page whose text cannot be written is not reloaded', async () => {
  await router.push('/')
  const release = holdUnsaved(() => Promise.resolve(false))
  lose()
  await vi.waitFor(() => expect(isReloading()).toBe(false), { timeout: 20_000 })
  expect(reload).not.toHaveBeenCalled()
  release()
})

test('a page without signal is not reloaded, because the draft would leave the screen', () => {
  online.mockReturnValue(false)
  lose()
  expect(reload).not.toHaveBeenCalled()
})
