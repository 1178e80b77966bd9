import { expect, test, vi } from 'vitest'
import { keepLink } from './keepLink'

const clipboardThat = (writeText: () => Promise<void>) => ({ writeText }) as unknown as Clipboard

test('is shared where the phone can', async () => {
  const share = vi.fn<Navigator['share']>(async () => undefined)
  expect(await keepLink('https://x', 'Mi propuesta', { share })).toBe('shared')
  expect(share).toHaveBeenCalledWith({ title: 'Mi propuesta', url: 'https://x' })
})

test('is copied where it cannot, and says when neither works', async () => {
  expect(await keepLink('x', 't', { clipboard: clipboardThat(async () => undefined) })).toBe('copied')
  expect(await keepLink('x', 't', { clipboard: clipboardThat(() => Promise.reject(new Error('no'))) })).toBe(
    'failed',
  )
  expect(await keepLink('x', 't', {})).toBe('failed')
})

test('a share sheet that was closed says nothing', async () => {
  const share = () => Promise.reject(new DOMException('', 'AbortError'))
  expect(await keepLink('x', 't', { share })).toBeNull()
})
