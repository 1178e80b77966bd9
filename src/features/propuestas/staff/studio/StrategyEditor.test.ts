// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { nextTick, reactive } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import type { SectionContext } from '@/staff/studio/section'
import type { Strategy, StrategyPart } from './strategy'
import StrategyEditor from './StrategyEditor.vue'

const part = (id: string, kind: StrategyPart['kind'], number: string): StrategyPart => ({
  id,
  topic_id: 't1',
  kind,
  number,
  title: kind === 'action' ? `Título de ${id}` : '',
  body: `Primera frase de ${id}. Segunda frase.`,
  answered_by: kind === 'action' ? 'Dirección de Difusión' : null,
})
const strategy = (): Strategy => ({
  topics: [{ id: 't1', title: 'Difusión' }],
  parts: [part('a', 'action', 'A1'), part('b', 'paragraph', '1'), part('c', 'paragraph', '2')],
})

/** The editor on the page. `published`: what is public, where the campaign is. */
function edit(
  data: Partial<Strategy>,
  published: Strategy | null = null,
  problems: Record<string, string> = {},
) {
  const content = reactive(data)
  const context: SectionContext = {
    id: 'campaign',
    published: !!published,
    holidays: new Set(),
    notices: [],
    permissions: [],
    institution: null,
    kindNotice: undefined,
    dataOf: () => ({}),
    publicOf: () => published && { ...published },
    problemsOf: () => [],
  }
  const editor = mount(StrategyEditor, {
    props: { data: content, context, problemOf: (field: string) => problems[field] },
    attachTo: document.body,
  })
  const press = (words: string) =>
    editor
      .findAll('button')
      .find((button) => button.text() === words)!
      .trigger('click')
  return { editor, content, press }
}
const numbersOf = ({ parts = [] }: Partial<Strategy>) =>
  parts.map(({ id, number }) => `${number}:${id}`).join(' ')
const area = (id: string) => document.getElementById(`part-${id}`) as HTMLTextAreaElement

afterEach(() => (document.body.innerHTML = ''))

test('a click opens a row with the focus in its text, and Escape closes it and gives the focus back', async () => {
  const { editor } = edit(strategy())
  await editor.find('#row-b').trigger('click')
  await nextTick()
  expect(document.activeElement).toBe(area('b'))
  await editor.find('#part-b').trigger('keydown', { key: 'Escape' })
  await nextTick()
  expect(editor.find('textarea').exists()).toBe(false)
  expect(document.activeElement?.id).toBe('row-b')
})

test('whoever is led to a field of a closed row gets the field itself', async () => {
  const { editor } = edit(strategy(), null, { 'part-a-answered_by': 'Falta el área' })
  document.getElementById('part-a-answered_by')!.focus()
  await nextTick()
  await nextTick()
  expect(document.activeElement?.tagName).toBe('INPUT')
  expect(document.activeElement?.id).toBe('part-a-answered_by')
  expect(editor.find('#part-a-answered_by-error').text()).toContain('Falta el área')
})

test('Alt with an arrow moves the row, renumbers the draft and keeps the focus and the cursor', async () => {
  const { editor, content } = edit(strategy())
  await editor.find('#row-c').trigger('click')
  await nextTick()
  area('c').setSelectionRange(3, 3)
  await editor.find('#part-c').trigger('keydown', { key: 'ArrowUp', altKey: true })
  await nextTick()
  expect(numbersOf(content)).toBe('A1:a 1:c 2:b')
  expect(document.activeElement).toBe(area('c'))
  expect(area('c').selectionStart).toBe(3)
  expect(editor.find('[role=status]').text()).toBe('Párrafo 1: lugar 3 de 4.')
  expect(editor.emitted('touch')).toHaveLength(1)
})

test('the buttons move a row as the keys do, and say when it cannot go on', async () => {
  const { editor, content, press } = edit(strategy())
  await editor.find('#row-c').trigger('click')
  await press('Bajar')
  expect(editor.find('[role=status]').text()).toBe('Párrafo 2 ya no se puede mover más.')
  await press('Subir')
  expect(numbersOf(content)).toBe('A1:a 1:c 2:b')
})

test('«Partir» cuts the text at the cursor and goes on in the second half', async () => {
  const { editor, content, press } = edit(strategy())
  await editor.find('#row-b').trigger('click')
  await nextTick()
  area('b').setSelectionRange(20, 20)
  await press('Partir')
  await nextTick()
  const [, first, second] = content.parts!
  expect([first!.body, second!.body]).toEqual(['Primera frase de b.', 'Segunda frase.'])
  expect([first!.number, second!.number]).toEqual(['1', '2'])
  expect(document.activeElement).toBe(area(second!.id))
  expect(area(second!.id).selectionStart).toBe(0)
})

test('Ctrl and M joins the next paragraph with the cursor where the texts meet', async () => {
  const { editor, content } = edit(strategy())
  await editor.find('#row-b').trigger('click')
  await editor.find('#part-b').trigger('keydown', { key: 'm', ctrlKey: true })
  await nextTick()
  expect(numbersOf(content)).toBe('A1:a 1:b')
  expect(area('b').value).toBe('Primera frase de b. Segunda frase. Primera frase de c. Segunda frase.')
  expect(area('b').selectionStart).toBe('Primera frase de b. Segunda frase. '.length)
})

test('Enter at the end of a text makes a paragraph under it; within the text it breaks the line', async () => {
  const { editor, content } = edit(strategy())
  await editor.find('#row-b').trigger('click')
  await nextTick()
  area('b').setSelectionRange(4, 4)
  await editor.find('#part-b').trigger('keydown', { key: 'Enter' })
  expect(content.parts).toHaveLength(3)
  area('b').setSelectionRange(area('b').value.length, area('b').value.length)
  await editor.find('#part-b').trigger('keydown', { key: 'Enter' })
  await nextTick()
  expect(content.parts).toHaveLength(4)
  expect(content.parts![2]).toMatchObject({ kind: 'paragraph', number: '2', body: '', topic_id: 't1' })
  expect(document.activeElement).toBe(area(content.parts![2]!.id))
})

test('what is removed comes back by «Deshacer», which has the focus', async () => {
  const { editor, content, press } = edit(strategy())
  await editor.find('#row-b').trigger('click')
  await press('Quitar')
  await nextTick()
  expect(numbersOf(content)).toBe('A1:a 1:c')
  expect(document.activeElement?.textContent).toContain('Deshacer')
  await press('Deshacer')
  expect(numbersOf(content)).toBe('A1:a 1:b 2:c')
})

test('the number of a public part is fixed, and a new part gets the next free one', async () => {
  const { editor, content, press } = edit(strategy(), strategy())
  await editor.find('#row-c').trigger('click')
  expect(editor.find('#part-c-number').exists()).toBe(false)
  await press('Subir')
  expect(numbersOf(content)).toBe('A1:a 2:c 1:b')
  await press('Quitar')
  await editor.find('#row-b').trigger('click')
  await press('Párrafo abajo')
  expect(content.parts!.at(-1)!.number).toBe('3')
  expect(editor.find(`#part-${content.parts!.at(-1)!.id}-number`).exists()).toBe(true)
})

test('the first action brings a topic, and says what it lacks', async () => {
  const { editor, content, press } = edit({})
  await press('Acción')
  await nextTick()
  expect(content.topics).toHaveLength(1)
  expect(content.parts).toMatchObject([{ kind: 'action', number: 'A1', topic_id: content.topics![0]!.id }])
  expect(document.activeElement?.id).toBe(`part-${content.parts![0]!.id}-title`)
  expect(editor.find('.studio-row-tail').text()).toContain('falta')
})

test('areas that answered before are offered once each', () => {
  const two = strategy()
  two.parts.push({ ...part('d', 'action', 'A2'), answered_by: 'Dirección de Difusión' })
  const { editor } = edit(two)
  expect(editor.findAll('#strategy-areas option').map((option) => option.attributes('value'))).toEqual([
    'Dirección de Difusión',
  ])
})

test('what is pasted is shown before it replaces, and replacing can be undone', async () => {
  const { editor, content, press } = edit(strategy())
  await press('Pegar')
  const html = '<h1>Tema</h1><h2>1.1 Título de a</h2><p>Texto nuevo.</p><p>Otro.</p><p>Más.</p>'
  const clipboardData = { getData: (type: string) => (type === 'text/html' ? html : 'Tema') }
  await editor.find('#strategy-paste').trigger('paste', { clipboardData })
  await vi.waitFor(() => expect(editor.text()).toContain('1 tema · 1 acción · 2 párrafos'), {
    timeout: 20_000,
  })
  expect(numbersOf(content)).toBe('A1:a 1:b 2:c')
  expect(editor.emitted('touch')).toBeUndefined()
  await press('Reemplazar lo que hay')
  expect(content.parts!.map(({ id, number, body }) => [id === 'a', number, body])).toEqual([
    [true, 'A1', 'Texto nuevo.'],
    [false, '1', 'Otro.'],
    [false, '2', 'Más.'],
  ])
  await press('Deshacer')
  expect(numbersOf(content)).toBe('A1:a 1:b 2:c')
})

test('plain text can be added at the end, and typing it is no change of the section', async () => {
  const { editor, content, press } = edit(strategy())
  const heard = vi.fn()
  document.body.addEventListener('input', heard)
  await press('Pegar')
  await editor.find('#strategy-paste').setValue('## Otro tema\n\nUn párrafo.')
  expect(heard).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(editor.text()).toContain('1 tema · 0 acciones · 1 párrafo'), {
    timeout: 20_000,
  })
  await press('Agregar al final')
  expect(content.topics!.map(({ title }) => title)).toEqual(['Difusión', 'Otro tema'])
  expect(content.parts!.map(({ number }) => number)).toEqual(['A1', '1', '2', '3'])
})
