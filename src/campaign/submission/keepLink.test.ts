import { expect, test, vi } from 'vitest'
import { useCopied } from '@/ui/useCopied'
import { keepLink } from './keepLink'

const LINK = { url: 'https://x', title: 'Mi propuesta', text: 'No lo compartas.' }
const clipboardThat = (writeText: () => Promise<void>) => ({ writeText })

test('a link is shared when the phone has a share sheet', async () => {
  const share = vi.fn<Navigator['share']>(async () => undefined)
  expect(await keepLink(LINK, { share })).toBe('shared')
  expect(share).toHaveBeenCalledWith(LINK)
})

test('a link is not shared without a share sheet, or when the sheet fails', async () => {
  expect(await keepLink(LINK, {})).toBe('failed')
  expect(await keepLink(LINK, { share: () => Promise.reject(new Error('no')) })).toBe('failed')
})

test('copying a link tells whether the clipboard took it', async () => {
  const stateAfter = async (clipboard: Parameters<typeof useCopied>[0]) => {
    const { state, copy } = useCopied(clipboard)
    await copy('https://x')
    return state.value
  }
  expect(await stateAfter(clipboardThat(async () => undefined))).toBe('copied')
  expect(await stateAfter(clipboardThat(() => Promise.reject(new Error('no'))))).toBe('failed')
})

test('a closed share sheet returns null', async () => {
  const share = () => Promise.reject(new DOMException('', 'AbortError'))
  expect(await keepLink(LINK, { share })).toBeNull()
})
