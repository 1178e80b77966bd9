// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { h } from 'vue'
import { Fault } from '@/domain/fault'
import PublishedList from './PublishedList.vue'
import type { ReadPage } from './usePublished'

const words = {
  title: 'Publicadas',
  hint: 'Antes de leer.',
  more: 'Ver más',
  moreFailed: 'No pudimos traer más.',
  empty: { title: 'Aún no hay', text: 'La tuya puede ser la primera.' },
  offline: { title: 'Sin copia', text: 'Ábrela con señal.' },
  failed: { title: 'No pudimos', text: 'Intenta de nuevo.' },
}
const page = (folios: string[], next: string | null) => ({ items: folios.map((folio) => ({ folio })), next })

async function open(read: ReadPage<{ folio: string }>) {
  const list = mount(PublishedList<{ folio: string }>, {
    props: { read, convocatoriaId: 'c', slug: 's', words, icon: 'bubble' },
    slots: { card: ({ item }: { item: { folio: string } }) => h('article', item.folio) },
    global: { stubs: { RouterLink: true } },
  })
  await flushPromises()
  return list
}
type List = Awaited<ReturnType<typeof open>>
const folios = (list: List) => list.findAll('article').map((card) => card.text())
const tap = async (list: List, name: string) => {
  await list
    .findAll('button')
    .find((button) => button.text() === name)!
    .trigger('click')
  await flushPromises()
}

test('«Ver más» adds the next page until there is none', async () => {
  const read = vi
    .fn()
    .mockResolvedValueOnce(page(['1', '2'], 'k2'))
    .mockResolvedValueOnce(page(['3'], null))
  const list = await open(read)
  expect(list.text()).toContain('Antes de leer.')
  await tap(list, 'Ver más')
  expect(folios(list)).toEqual(['1', '2', '3'])
  expect(read.mock.calls).toEqual([
    ['c', null],
    ['c', 'k2'],
  ])
  expect(list.text()).not.toContain('Ver más')
})

test('a page that fails keeps the shown cards, shows an error and can be requested again', async () => {
  const read = vi
    .fn()
    .mockResolvedValueOnce(page(['1'], 'k1'))
    .mockRejectedValueOnce(new Fault('offline', true))
    .mockResolvedValueOnce(page(['2'], null))
  const list = await open(read)
  await tap(list, 'Ver más')
  expect([folios(list), list.find('[role=alert]').text()]).toEqual([['1'], 'No pudimos traer más.'])
  await tap(list, 'Ver más')
  expect([folios(list), list.find('[role=alert]').exists()]).toEqual([['1', '2'], false])
})

test('an empty list says so', async () => {
  const list = await open(() => Promise.resolve(page([], null)))
  expect(list.find('h2').text()).toBe('Aún no hay')
  expect(list.text()).not.toContain('Antes de leer.')
})

test.each([
  ['is offline', new Fault('offline', true), 'Sin copia'],
  ['fails', new Fault('server', true), 'No pudimos'],
])('a first page that %s announces the reason, and a retry shows the list', async (_, fault, title) => {
  const read = vi
    .fn()
    .mockRejectedValueOnce(fault)
    .mockResolvedValueOnce(page(['1'], null))
  const list = await open(read)
  expect(list.find('[role=status]').text()).toContain(title)
  await tap(list, 'Intentar de nuevo')
  expect([folios(list), list.find('[role=status]').text()]).toEqual([['1'], ''])
})
