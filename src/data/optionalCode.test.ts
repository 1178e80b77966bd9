// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { importOptional } from './optionalCode'

const lose = () => {
  window.dispatchEvent(new Event('vite:preloadError'))
  return Promise.reject(new Error('lost'))
}

test('optional code that cannot be fetched does not tell the page to reload, and other code still does', async () => {
  const reload = vi.fn()
  window.addEventListener('vite:preloadError', reload)
  await expect(importOptional(lose)).rejects.toThrow('lost')
  expect(reload).not.toHaveBeenCalled()
  await expect(lose()).rejects.toThrow('lost')
  expect(reload).toHaveBeenCalledOnce()
})
