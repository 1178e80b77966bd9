// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { db } from '@/data/db'
import type { Insumo } from '@/domain/rows'
import InsumoList from './InsumoList.vue'
import { useKeptFilesStore } from './keptFilesStore'
import { useKeptFilesCare } from './useKeptFilesCare'

const { onDisk } = vi.hoisted(() => ({ onDisk: new Set<string>() }))
vi.mock('./keptFiles', () => ({
  listKept: () => Promise.resolve([...onDisk].map((sha256) => ({ sha256, bytes: 1, convocatoria_id: 'a' }))),
  freeKept: (sha256: string) => Promise.resolve(onDisk.delete(sha256)),
}))

const insumo = (id: string, convocatoria_id: string, sha256: string) =>
  ({ id, convocatoria_id, position: 1, title: id, file: { sha256, bytes: 1 } }) as Insumo
const PUBLIC = { scope: 'public', entity: 'insumo' }
const show = (...insumos: Insumo[]) =>
  Promise.all(insumos.map((row) => db.base.put({ ...PUBLIC, id: row.id, row })))
const readTo = (cursor: string) => db.cursors.put({ scope: 'public', cursor })
const Page = defineComponent({ setup: () => (useKeptFilesCare(), () => h('p')) })

/** Shows the component until `isDone`, and as long as what it does on its own takes. */
async function open(component: Parameters<typeof mount>[0], props = {}, isDone = () => true) {
  const page = mount(component, { props, global: { stubs: { RouterLink: true } } })
  for (let round = 0; round < 5; round++) {
    await new Promise((done) => setTimeout(done, 20))
    await flushPromises()
  }
  await vi.waitFor(() => expect(isDone()).toBe(true), 10_000)
  page.unmount()
}

beforeEach(async () => {
  setActivePinia(createPinia())
  onDisk.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
})

test('a kept file stays while any campaign on this phone names it, and goes when none does', async () => {
  ;['shared', 'unnamed'].forEach((sha256) => onDisk.add(sha256))
  await show(insumo('i1', 'a', 'other'), insumo('i2', 'copy-of-a', 'shared'))
  await readTo('10.0')
  await open(Page, {}, () => onDisk.size === 1)
  expect([...onDisk]).toEqual(['shared'])
})

test.each([
  ['a first read that broke off', '10.0@notice/n1'],
  ['no read at all', null],
])('after %s no kept file is freed', async (_, cursor) => {
  onDisk.add('shared')
  if (cursor) await readTo(cursor)
  await open(Page)
  expect([...onDisk]).toEqual(['shared'])
})

test('a list of insumos, which drafts show too, frees no file that it leaves out', async () => {
  onDisk.add('shared')
  await show(insumo('i2', 'a', 'shared'))
  await readTo('10.0')
  await open(InsumoList, { insumos: [insumo('i1', 'a', 'other')], convocatoriaId: 'a', path: '/c/a' })
  expect(useKeptFilesStore().kept.has('shared')).toBe(true)
  expect([...onDisk]).toEqual(['shared'])
})
