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
router.onError(() => undefined) // the page shows it
reloadOnceOnLostChunks(router)

beforeEach(() => {
  sessionStorage.clear()
  vi.clearAllMocks()
  online.mockReturnValue(true)
})

test('a chunk that a deploy took away loads the page anew, once, where the person was going', async () => {
  await router.push('/')
  await router.push('/borrador').catch(() => undefined)
  expect(assign.mock.calls).toEqual([['/borrador']])
  await router.push('/borrador').catch(() => undefined)
  expect(assign, 'the second time the error is shown').toHaveBeenCalledTimes(1)
})

test('one wanted by the page that is open reloads it, once what is being typed is written', async () => {
  await router.push('/')
  let write = (_isKept: boolean) => {}
  const release = holdUnsaved(() => new Promise((resolve) => (write = resolve)))
  lose()
  await new Promise((resolve) => setTimeout(resolve))
  expect(reload).not.toHaveBeenCalled()
  write(true)
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1))
  release()
})

test('what could not be written stays on the screen', async () => {
  await router.push('/')
  const release = holdUnsaved(() => Promise.resolve(false))
  lose()
  await vi.waitFor(() => expect(isReloading()).toBe(false))
  expect(reload).not.toHaveBeenCalled()
  release()
})

test('without signal nothing is loaded anew: it would take the draft off the screen', () => {
  online.mockReturnValue(false)
  lose()
  expect(reload).not.toHaveBeenCalled()
})
