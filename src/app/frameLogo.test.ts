// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import FrameLogo from './FrameLogo.vue'

const { rpcGet } = vi.hoisted(() => ({ rpcGet: vi.fn<() => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet }))

const logo = { hash: 'a1', width: 200, height: 96 }
const files = { hash: 'a1', header: btoa('header'), icon: btoa('icon') }

async function show(props = logo) {
  const header = mount(FrameLogo, { props: { logo: props } })
  await flushPromises()
  return header
}

beforeEach(() => {
  vi.resetAllMocks()
  localStorage.clear()
  document.head.innerHTML = '<link rel="icon" href="/icon.svg" type="image/svg+xml">'
})

test('a logo is fetched once by a phone, stands in the header and in the tab', async () => {
  rpcGet.mockResolvedValue(files)
  const first = await show()
  expect(first.find('img').attributes()).toMatchObject({ width: '200', height: '96', alt: '' })
  expect(document.querySelector('link')!.type).toBe('image/png')
  expect(document.querySelector('link')!.href).toMatch(/^blob:/u)
  await show()
  expect(rpcGet).toHaveBeenCalledTimes(1)
})

test('another logo is fetched anew', async () => {
  rpcGet.mockResolvedValue(files)
  const header = await show()
  rpcGet.mockResolvedValue({ ...files, hash: 'b2', header: btoa('other') })
  const before = header.find('img').attributes('src')
  await header.setProps({ logo: { ...logo, hash: 'b2' } })
  await flushPromises()
  expect(rpcGet).toHaveBeenCalledTimes(2)
  expect(header.find('img').attributes('src')).not.toBe(before)
})

test('without signal our own mark stays', async () => {
  rpcGet.mockRejectedValue(new Fault('offline', true))
  const header = await show()
  expect([header.find('img').exists(), header.find('.mark').exists()]).toEqual([false, true])
})
