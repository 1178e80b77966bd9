// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { material } from '@/campaign/testing/material'
import { db } from '@/data/db'
import { Fault } from '@/domain/fault'
import { supportedFolios } from './keptSupports'
import OwnSupports from './OwnSupports.vue'
import SupportControl from './SupportControl.vue'

const { rpc } = vi.hoisted(() => ({
  rpc: vi.fn<(fn: string, args: Record<string, unknown>) => Promise<unknown>>(),
}))
vi.mock('@/data/rpc', () => ({ rpc }))

const { id } = material.convocatoria
const supported = () => supportedFolios(id).read()
const sent = () => rpc.mock.calls.map(([, args]) => args)

beforeEach(async () => {
  rpc.mockReset().mockResolvedValue({ given: true })
  await db.meta.clear()
})

async function ask(folio: string) {
  const control = mount(SupportControl, { props: { material, folio, isGiven: false } })
  await control.find('button').trigger('click')
  return control
}
async function give(folio: string, allow = true) {
  const control = await ask(folio)
  if (allow) await control.find('input[type=checkbox]').setValue(true)
  await control.findAll('button').at(-1)!.trigger('click')
  await vi.waitFor(() => expect(control.text()).not.toBe(''))
  await flushPromises()
  return control
}

test('a support needs its own consent, which is not ticked', async () => {
  const control = await ask('PR-1')
  expect(control.find<HTMLInputElement>('input').element.checked).toBe(false)
  await control.findAll('button').at(-1)!.trigger('click')
  expect([rpc.mock.calls.length, control.text()]).toEqual([0, expect.stringContaining('Marca la casilla')])
})

test('all supports of a campaign have one secret, and are kept by their folio', async () => {
  await give('PR-1')
  await vi.waitFor(async () => expect(await supported()).toEqual(['PR-1']))
  await give('PR-2')
  await vi.waitFor(async () => expect(await supported()).toEqual(['PR-1', 'PR-2']))
  const [one, two] = sent()
  expect(one).toMatchObject({ p_folio: 'PR-1', p_given: true, p_notice_hash: 'h2', p_locale: 'es-MX' })
  expect(one!['p_secret']).toMatch(/^[\w-]{22}$/u)
  expect(two!['p_secret']).toBe(one!['p_secret'])
})

test('a support whose answer is lost is not called given, and is repeated with the same secret', async () => {
  rpc.mockRejectedValueOnce(new Fault('timeout', true))
  await give('PR-1')
  await vi.waitFor(() => expect(rpc).toHaveBeenCalledTimes(1))
  expect(await supported()).toEqual([])
  await give('PR-1')
  await vi.waitFor(async () => expect(await supported()).toEqual(['PR-1']))
  expect(new Set(sent().map(({ p_secret }) => p_secret)).size).toBe(1)
})

test('without signal nothing is asked for, and the screen says so', async () => {
  const signal = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  const control = await give('PR-1')
  signal.mockRestore()
  expect([rpc.mock.calls.length, control.text()]).toEqual([0, expect.stringContaining('hace falta señal')])
})

test('a support is taken back above the published proposals, and stays while the server did not answer', async () => {
  await give('PR-1')
  await vi.waitFor(async () => expect(await supported()).toEqual(['PR-1']))
  const own = mount(OwnSupports, { props: { convocatoriaId: id, hasTotals: false } })
  await vi.waitFor(() => expect(own.text()).toContain('PR-1'))
  rpc.mockRejectedValueOnce(new Fault('offline', true))
  await own.find('button').trigger('click')
  await vi.waitFor(() => expect(own.find('[role=alert]').exists()).toBe(true))
  expect(await supported()).toEqual(['PR-1'])
  await own.find('button').trigger('click')
  await vi.waitFor(async () => expect(await supported()).toEqual([]))
  expect(sent().at(-1)).toMatchObject({ p_folio: 'PR-1', p_given: false })
})
