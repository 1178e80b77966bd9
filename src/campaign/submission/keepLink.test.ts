import { expect, test, vi } from 'vitest'
import { keepLink } from './keepLink'

const clipboardThat = (writeText: () => Promise<void>) => ({ writeText }) as unknown as Clipboard

test('a link is shared when the phone has a share sheet', async () => {
  const share = vi.fn<Navigator['share']>(async () => undefined)
  expect(await keepLink('https://x', 'Mi propuesta', { share })).toBe('shared')
  expect(share).toHaveBeenCalledWith({ title: 'Mi propuesta', url: 'https://x' })
})

test('a link is copied without a share sheet, and the result is «failed» when copying fails', async () => {
  expect(await keepLink('x', 't', { clipboard: clipboardThat(async () => undefined) })).toBe('copied')
  expect(await keepLink('x', 't', { clipboard: clipboardThat(() => Promise.reject(new Error('no'))) })).toBe(
    'failed',
  )
  expect(await keepLink('x', 't', {})).toBe('failed')
})

test('a closed share sheet returns null', async () => {
  const share = () => Promise.reject(new DOMException('', 'AbortError'))
  expect(await keepLink('x', 't', { share })).toBeNull()
})
