// @vitest-environment happy-dom
/** The registry's screens in their states: list, import, body and classes. */
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import type { BodyVerdict, ImportPreview, RegistryBody, StaffRegistry } from '@/domain/registry'
import BodyView from './BodyView.vue'
import ClassesView from './ClassesView.vue'
import ImportView from './ImportView.vue'
import RegistryView from './RegistryView.vue'

type Call = [fn: string, args: Record<string, unknown> | undefined]
const { answers, calls } = vi.hoisted(() => ({
  answers: {} as Record<string, unknown>,
  calls: [] as unknown[],
}))
vi.mock('@/data/staff/client', () => ({
  answerOf: (call: Promise<unknown>) => call,
  supabase: {
    rpc: (...call: Call) => {
      calls.push(call)
      const answer = answers[call[0]]
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
  },
}))
const callsOf = (fn: string) => (calls as Call[]).filter(([name]) => name === fn).map(([, args]) => args)

const body = (id: string, change: Partial<RegistryBody> = {}): RegistryBody => ({
  id,
  name: `Sindicato ${id}`,
  acronym: null,
  class_key: 'sindicato',
  municipality: null,
  active: true,
  domains: [],
  version: 1,
  merged_into: null,
  registrations: 0,
  ...change,
})
const registry = (change: Partial<StaffRegistry> = {}): StaffRegistry => ({
  version: 7,
  can_edit: true,
  classes: [
    { key: 'sindicato', name: 'Sindicatos', retired: false, bodies: 2, groups: 0 },
    { key: 'ayuntamiento', name: 'Ayuntamientos', retired: false, bodies: 0, groups: 0 },
  ],
  items: [
    body('uno'),
    body('dos', { name: 'Ayuntamiento de Toluca', class_key: 'ayuntamiento', active: false }),
  ],
  municipalities: [{ cve: '15106', name: 'Toluca' }],
  last_import: null,
  reports: [],
  ...change,
})

async function show(view: object, path = '/padron') {
  const blank = { template: '<i/>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/padron', name: 'staff-registry', component: blank },
      { path: '/padron/importar', name: 'staff-registry-import', component: blank },
      { path: '/padron/clases', name: 'staff-body-classes', component: blank },
      { path: '/padron/:id', name: 'staff-body', component: blank },
      { path: '/equipo', name: 'staff-sign-in', component: blank },
    ],
  })
  await router.push(path)
  const screen = mount(view, { global: { plugins: [router], stubs: { RouterLink: RouterLinkStub } } })
  await flushPromises()
  return { screen, router }
}
const buttonOf = (screen: Awaited<ReturnType<typeof show>>['screen'], words: string) =>
  screen.findAll('button').find((button) => button.text().includes(words))!

beforeEach(() => {
  calls.length = 0
  for (const key of Object.keys(answers)) delete answers[key]
  answers['list_registry'] = registry()
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal ??= () => undefined
})

test('the list shows active bodies first, and finds by words, class and state', async () => {
  const { screen } = await show(RegistryView)
  const names = () => screen.findAll('tbody th').map((cell) => cell.text())
  expect(names()).toEqual(['Sindicato uno'])
  await buttonOf(screen, 'Todas').trigger('click')
  expect(names()).toEqual(['Sindicato uno', 'Ayuntamiento de Toluca'])
  await screen.find('#registry-search').setValue('toluka')
  expect(names()).toEqual(['Ayuntamiento de Toluca'])
  await screen.find('#registry-search').setValue('')
  await screen.find('#registry-class').setValue('sindicato')
  expect(names()).toEqual(['Sindicato uno'])
  expect(screen.text()).toContain('1 institución')
})

test('three hundred bodies are drawn a hundred at a time', async () => {
  answers['list_registry'] = registry({ items: Array.from({ length: 300 }, (_, at) => body(String(at))) })
  const { screen } = await show(RegistryView)
  expect(screen.findAll('tbody tr')).toHaveLength(100)
  await buttonOf(screen, 'Mostrar más').trigger('click')
  expect(screen.findAll('tbody tr')).toHaveLength(200)
})

test.each([
  ['an empty registry', registry({ items: [] }), 'El padrón está vacío'],
  ['no signal', new Fault('offline', true), 'El padrón necesita señal'],
  ['a failed read', new Fault('server', true), 'No pudimos'],
])('%s is said in words', async (_, answer, words) => {
  answers['list_registry'] = answer
  const { screen } = await show(RegistryView)
  expect(screen.text()).toContain(words)
})

test('a member who may only read is offered no change', async () => {
  answers['list_registry'] = registry({ can_edit: false })
  const { screen } = await show(RegistryView)
  expect(screen.text()).not.toContain('Importar archivo')
  expect(screen.text()).toContain('Descargar CSV')
})

test('the last import is undone after a question, and a missed body is discarded', async () => {
  const last = {
    id: 'i',
    at: '2026-11-28T18:00:00Z',
    by: 'Elena',
    added: 3,
    changed: 0,
    retired: 0,
    undo_until: '2026-11-29T18:00:00Z',
  }
  const report = {
    id: 'r',
    at: last.at,
    name: 'Instituto Nuevo',
    class_key: 'sindicato',
    municipality: null,
    times: 2,
    twins: ['uno'],
  }
  answers['list_registry'] = registry({ last_import: last, reports: [report] })
  answers['undo_import'] = { removed: 2, restored: 0, kept: 1 }
  answers['resolve_report'] = { id: 'r', outcome: 'discarded' }
  const { screen } = await show(RegistryView)
  expect(screen.text()).toContain('En el padrón ya está «Sindicato uno».')
  await buttonOf(screen, 'Deshacer').trigger('click')
  expect(callsOf('undo_import')).toEqual([])
  await screen.find('dialog .button-danger').trigger('click')
  await flushPromises()
  expect(callsOf('undo_import')).toEqual([{ p_id: 'i' }])
  expect(screen.text()).toContain('Quitadas: 2.')
  await buttonOf(screen, 'Descartar').trigger('click')
  await flushPromises()
  expect(callsOf('resolve_report')).toEqual([{ p_id: 'r', p_outcome: 'discarded', p_body: null }])
})

const verdict = (line: number, change: Partial<BodyVerdict> = {}): BodyVerdict => ({
  line,
  status: 'new',
  before: null,
  after: body(`del renglón ${line}`),
  twin: null,
  problems: [],
  ...change,
})
const previewOf = (...rows: BodyVerdict[]): ImportPreview => ({ version: 7, rows, gone: [] })

async function choose(text: string) {
  const { screen } = await show(ImportView)
  const input = screen.find<HTMLInputElement>('#registry-file')
  const file = new File([Buffer.from(text, 'latin1')], 'padrón.csv')
  Object.defineProperty(input.element, 'files', { value: [file] })
  await input.trigger('change')
  await vi.waitFor(() => expect(screen.text()).toMatch(/Revisa qué columna|role="alert"|archivo/u), {
    timeout: 20_000,
  })
  await flushPromises()
  return screen
}

test('a file with another column’s name is matched by hand, and nothing is sent before', async () => {
  const screen = await choose('Organización;Clase\nUno;sindicato\n')
  expect(screen.text()).toContain('Detectada: Windows-1252.')
  expect(screen.text()).toContain('Punto y coma')
  await buttonOf(screen, 'Ver qué cambiaría').trigger('click')
  await flushPromises()
  expect(callsOf('preview_bodies')).toEqual([])
  expect(screen.text()).toContain('Elige la columna de «nombre».')
  await screen.find('#column-name').setValue('0')
  answers['preview_bodies'] = previewOf(verdict(2))
  await buttonOf(screen, 'Ver qué cambiaría').trigger('click')
  await flushPromises()
  expect(callsOf('preview_bodies')).toEqual([{ p_rows: [{ line: 2, name: 'Uno', class: 'sindicato' }] }])
})

async function preview(answer: ImportPreview) {
  const screen = await choose('nombre;clase\nUno;sindicato\nDos;sindicato\n')
  answers['preview_bodies'] = answer
  await buttonOf(screen, 'Ver qué cambiaría').trigger('click')
  await flushPromises()
  return screen
}

test('a wrong row blocks the import and says its line and its reason', async () => {
  const problems = [{ field: 'class', code: 'class_unknown', level: 'wrong' }] as BodyVerdict['problems']
  const screen = await preview(previewOf(verdict(2), verdict(3, { status: 'wrong', problems })))
  expect(screen.find('.registry-line').text()).toContain('Línea 3')
  expect(screen.find('.registry-line').text()).toContain('clase: Esa clase no existe.')
  expect(screen.text()).toContain('Hay 1 renglón con errores. No se importó nada.')
  expect(buttonOf(screen, 'Importar 1')).toBeUndefined()
})

test('a likely twin can be said to be another body, and the import is written and undone', async () => {
  const problems = [{ field: 'name', code: 'body_twin', level: 'look' }] as BodyVerdict['problems']
  const screen = await preview(
    previewOf(verdict(2, { status: 'changed', before: body('x'), twin: 'UNO', problems })),
  )
  await buttonOf(screen, 'Es otra').trigger('click')
  await flushPromises()
  expect(callsOf('preview_bodies')[1]).toMatchObject({ p_rows: [{ line: 2, apart: true }, { line: 3 }] })
  answers['import_bodies'] = { id: 'i', added: 1, changed: 0, retired: 0, same: 1 }
  await buttonOf(screen, 'Importar 1 cambio').trigger('click')
  await flushPromises()
  expect(callsOf('import_bodies')).toMatchObject([{ p_expected: 7, p_retire_gone: false }])
  expect(screen.text()).toContain('El padrón quedó importado')
  answers['undo_import'] = { removed: 1, restored: 0, kept: 0 }
  await buttonOf(screen, 'Deshacer').trigger('click')
  await flushPromises()
  expect(screen.text()).toContain('Importación deshecha')
})

test('a registry that somebody changed meanwhile is not written over', async () => {
  const screen = await preview(previewOf(verdict(2)))
  answers['import_bodies'] = new Fault('conflict', false)
  await buttonOf(screen, 'Importar 1 cambio').trigger('click')
  await flushPromises()
  expect(screen.find('[role=alert]').text()).toContain('Alguien más cambió el padrón')
})

test('a body that a citizen missed is added from the report, which is resolved with it', async () => {
  const report = {
    id: 'r',
    at: '',
    name: 'Instituto Nuevo',
    class_key: 'sindicato',
    municipality: '15106',
    times: 1,
    twins: [],
  }
  answers['list_registry'] = registry({ reports: [report] })
  answers['save_body'] = { id: 'x', version: 1 }
  const { screen, router } = await show(BodyView, '/padron/nueva?aviso=r')
  expect(screen.find<HTMLInputElement>('#name').element.value).toBe('Instituto Nuevo')
  await screen.find('#domains').setValue('a.mx, b.mx')
  await screen.find('form').trigger('submit')
  await flushPromises()
  const [{ p_id, p_data }] = callsOf('save_body') as [Record<string, unknown>]
  expect(p_data).toMatchObject({ municipality: '15106', domains: ['a.mx', 'b.mx'], liaison: null })
  expect(callsOf('resolve_report')).toEqual([{ p_id: 'r', p_outcome: 'added', p_body: p_id }])
  expect(router.currentRoute.value.name).toBe('staff-registry')
})

test('a refused field of a body says why beside it', async () => {
  answers['registry_body'] = { ...body('uno'), liaison: null, history: [] }
  const fault = Object.assign(new Fault('domain_invalid', false), { details: { field: 'domains' } })
  answers['save_body'] = fault
  const { screen } = await show(BodyView, '/padron/uno')
  await screen.find('form').trigger('submit')
  await flushPromises()
  expect(screen.find('#domains-error').text()).toContain('Un dominio se escribe como')
})

test('classes change places by buttons and are saved together with the version that was read', async () => {
  answers['save_classes'] = { version: 8, classes: [] }
  const { screen } = await show(ClassesView)
  await buttonOf(screen, 'Bajar').trigger('click')
  await buttonOf(screen, 'Agregar una clase').trigger('click')
  await screen.find('#class-2').setValue('Universidades')
  await screen.find('form').trigger('submit')
  await flushPromises()
  expect(callsOf('save_classes')).toEqual([
    {
      p_expected: 7,
      p_classes: [
        { key: 'ayuntamiento', name: 'Ayuntamientos', retired: false },
        { key: 'sindicato', name: 'Sindicatos', retired: false },
        { key: '', name: 'Universidades', retired: false },
      ],
    },
  ])
})
