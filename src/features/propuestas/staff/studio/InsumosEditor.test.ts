// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { nextTick, reactive } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import type { SectionContext } from '@/staff/studio/section'
import type { InsumoItem, InsumosData } from './insumos'
import InsumosEditor from './InsumosEditor.vue'

const item = (id: string): InsumoItem => ({
  id,
  title: `Documento de ${id}`,
  summary: 'De qué trata.',
  body: 'Texto.',
  source: null,
})

function edit(items: InsumoItem[]) {
  const content = reactive<Partial<InsumosData>>({ items })
  const context: SectionContext = {
    id: 'campaign',
    published: false,
    holidays: new Set(),
    notices: [],
    permissions: [],
    institution: null,
    kindNotice: undefined,
    dataOf: () => ({}),
    publicOf: () => null,
    problemsOf: () => [],
  }
  const editor = mount(InsumosEditor, {
    props: { data: content, context, problemOf: () => undefined },
    attachTo: document.body,
    global: { plugins: [createPinia()] },
  })
  const press = (words: string) =>
    editor
      .findAll('button')
      .find((button) => button.text() === words)!
      .trigger('click')
  return { editor, content, press, ids: () => content.items!.map(({ id }) => id).join(' ') }
}

afterEach(() => (document.body.innerHTML = ''))

test('a new document opens with the focus in its title, and says that it lacks something', async () => {
  const { editor, content, press } = edit([])
  await press('Agregar documento')
  await nextTick()
  expect(document.activeElement?.id).toBe(`insumo-${content.items![0]!.id}-title`)
  expect(editor.find('.studio-row-tail').text()).toContain('falta')
})

test('documents move by keys and buttons, and say their place', async () => {
  const { editor, ids, press } = edit([item('a'), item('b'), item('c')])
  await editor.find('#row-c').trigger('keydown', { key: 'ArrowUp', altKey: true })
  expect(ids()).toBe('a c b')
  await editor.find('#row-a').trigger('click')
  await press('Bajar')
  expect(ids()).toBe('c a b')
  expect(editor.find('[role=status]').text()).toBe('Documento 1: lugar 2 de 3.')
  await press('Subir')
  await press('Subir')
  expect(editor.find('[role=status]').text()).toBe('Documento 1 ya no se puede mover más.')
})

test('a removed document comes back to its place', async () => {
  const { editor, ids, press } = edit([item('a'), item('b')])
  await editor.find('#row-a').trigger('click')
  await press('Quitar')
  expect(ids()).toBe('b')
  await press('Deshacer')
  expect(ids()).toBe('a b')
})

test('whoever is led to the text of a closed document gets its text field', async () => {
  edit([item('a')])
  document.getElementById('insumo-a')!.focus()
  await nextTick()
  await nextTick()
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('textbox'), {
    timeout: 20_000,
  })
})

test('a source without words is none', async () => {
  const { editor, content } = edit([{ ...item('a'), source: 'INEGI' }])
  await editor.find('#row-a').trigger('click')
  await editor.find('#insumo-a-source').setValue('')
  expect(content.items![0]!.source).toBeNull()
})
