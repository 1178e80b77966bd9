// @vitest-environment happy-dom
/** The attendance of a campaign: its figures lead to their lists, and the survey says nothing below five answers. */
import 'fake-indexeddb/auto'
import axe from 'axe-core'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { AttendanceFigures } from '@/features/jornadas/attendance'
import type { SurveyResults } from '@/features/jornadas/surveyWire'
import words from '@/i18n/es-MX/jornadasAttendance.json'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import AsistenciaView from './AsistenciaView.vue'
import { sheetsOf } from './tables'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const day = (id: string, change: object) => ({
  id,
  title: `Sesión ${id}`,
  speaker: 'Ana',
  group_name: 'Grupo 1',
  on_day: '2026-11-20',
  is_over: true,
  cancelled: false,
  attended: 0,
  absent: 0,
  released: 0,
  ...change,
})
const body = (id: string, change: object) => ({
  id,
  name: `Ayuntamiento de ${id}`,
  class_name: 'Ayuntamientos',
  municipality: id,
  registered: 0,
  attended: 0,
  absent: 0,
  ...change,
})
const FIGURES: AttendanceFigures = {
  title: 'Taller',
  days: [
    day('d1', { attended: 6, absent: 2, released: 1 }),
    day('d2', { attended: 3, absent: 0 }),
    day('d3', { is_over: false, attended: 9, released: 9 }),
    day('d4', { cancelled: true, absent: 0, released: 9 }),
  ],
  bodies: [
    body('Toluca', { registered: 8, attended: 7, absent: 1 }),
    body('Metepec', { registered: 3, attended: 2, absent: 1 }),
    body('Lerma', {}),
    body('Estado', { class_name: 'Poder Ejecutivo', municipality: null, registered: 1 }),
  ],
}
const QUESTIONS: SurveyResults['questions'] = [
  { id: 'u', kind: 'scale', text: '¿Qué tan útil fue?', options: [] },
  { id: 'c', kind: 'choice', text: '¿Cómo se enteró?', options: ['Oficio', 'Correo'] },
  { id: 't', kind: 'text', text: '¿Qué mejoraría?', options: [] },
]
const surveyDay = (id: string, results: SurveyResults['days'][number]['results']) => ({
  id,
  title: id,
  on_day: '2026-11-20',
  closes_at: '2026-12-20T00:00:00Z',
  attended: 8,
  results,
})
let survey: SurveyResults

const serve = (figures = FIGURES) =>
  rpc.mockImplementation((name) => {
    if (name === 'attendance_figures') return Promise.resolve(figures)
    if (name === 'survey_results') return Promise.resolve(survey)
    if (name === 'staff_me')
      return Promise.resolve({ roles: [{ role: 'coordinator', convocatoria_id: null }] })
    const item = {
      folio: 'JO-1',
      submission_id: 's1',
      subject: 'Recordatorio',
      state: 'sent',
      at: '2026-11-20T16:00:00Z',
    }
    return Promise.resolve({ items: [item], next: null })
  })

beforeEach(() => {
  document.body.innerHTML = ''
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  rpc.mockReset()
  survey = { questions: QUESTIONS, days: [] }
})

async function open(query = '') {
  const named = (name: string, path: string) => ({ path, name, component: { render: () => h('p') } })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/campanas/:id/asistencia', name: 'staff-attendance', component: AsistenciaView },
      named('staff-board', '/campanas/:id/tablero'),
      named('staff-registrations', '/inscripciones'),
      named('staff-sign-in', '/'),
    ],
  })
  await router.push(`/campanas/c1/asistencia${query}`)
  const screen = mount(RouterView, { global: { plugins: [router, createPinia()] }, attachTo: document.body })
  await flushPromises()
  return { screen, router }
}
type Screen = Awaited<ReturnType<typeof open>>['screen']
const card = (screen: Screen, title: string) =>
  screen.findAll('section').find((one) => one.find('h2').exists() && one.find('h2').text() === title)!

test('counts only days that are over, and each figure leads to its list', async () => {
  serve()
  const { screen } = await open()
  const figures = screen.findAll('.board-figures > div').map((one) => one.text().replaceAll(/\s+/gu, ' '))
  expect(figures).toEqual([
    'Asistencias9',
    'No llegaron2',
    'Cancelaron1',
    'Instituciones que asistieron2',
    'Nunca asistieron2',
  ])
  expect(screen.findAll('.board-figures a').map((link) => link.attributes('href'))).toEqual([
    '/campanas/c1/asistencia#dias',
    '/campanas/c1/asistencia#ausentes',
    '/campanas/c1/asistencia?vino=si#instituciones',
    '/campanas/c1/asistencia?vino=no#instituciones',
  ])
  expect(
    card(screen, words['by.day'])
      .findAll('a')
      .map((link) => link.attributes('href')),
  ).toEqual(['/inscripciones?dia=d1&estado=attended', '/inscripciones?dia=d2&estado=attended'])
  expect(card(screen, words['absent.title']).find('a').attributes('href')).toBe(
    '/inscripciones?dia=d1&estado=confirmed',
  )
  expect(card(screen, words['by.municipality']).find('a').attributes('href')).toBe(
    '/campanas/c1/asistencia?municipio=Toluca#instituciones',
  )
})

test('each chart opens as a table of the same numbers', async () => {
  serve()
  const { screen } = await open()
  const classes = card(screen, words['by.class'])
  expect(classes.find('.board-list').text().replaceAll(/\s+/gu, ' ')).toContain('Ayuntamientos')
  expect(classes.find('.board-list').text()).toContain('9 / 11')
  await classes.findAll('button')[0]!.trigger('click')
  expect(classes.findAll('tbody tr').map((row) => row.text())).toEqual(['Ayuntamientos92'])
})

test('the list has the bodies that the address names, those that never came among them', async () => {
  serve()
  const { screen, router } = await open('?vino=no')
  const names = () =>
    card(screen, words['bodies.title'])
      .findAll('tbody th')
      .map((one) => one.text())
  expect(names()).toEqual(['Ayuntamiento de Lerma', 'Ayuntamiento de Estado'])
  await router.push('/campanas/c1/asistencia?municipio=Toluca')
  expect(names()).toEqual(['Ayuntamiento de Toluca'])
  await card(screen, words['bodies.title']).find('button').trigger('click')
  await flushPromises()
  expect(names()).toHaveLength(4)
})

test('below five answers the survey shows none; from five on charts with their table, and the texts', async () => {
  survey = { questions: QUESTIONS, days: [surveyDay('d1', null)] }
  serve()
  const few = await open()
  expect(few.screen.text()).toContain(words['survey.few'])
  expect(few.screen.text()).not.toContain('¿Cómo se enteró?')
  few.screen.unmount()
  const results = { answered: 5, counts: { 'u:4': 3, 'u:5': 2, 'c:1': 5 }, texts: ['Más tiempo.'] }
  survey = { questions: QUESTIONS, days: [surveyDay('d1', results), surveyDay('d2', null)] }
  const { screen } = await open()
  expect(card(screen, '¿Qué tan útil fue?').text()).toContain('4.4')
  const choice = card(screen, '¿Cómo se enteró?')
  await choice.findAll('button')[0]!.trigger('click')
  expect(choice.findAll('tbody tr').map((row) => row.text())).toEqual(['Oficio0', 'Correo5'])
  expect(screen.text()).toContain('Más tiempo.')
})

test('a text of the survey is taken away after a question, by who may, and «retirado» stays in its place', async () => {
  const results = { answered: 5, counts: { 'u:4': 5 }, texts: ['Llamen a Ana', null] }
  survey = { questions: QUESTIONS, days: [surveyDay('d1', results)] }
  serve()
  const { screen } = await open()
  expect(screen.text()).toContain(words['survey.removed'])
  const remove = () => screen.findAll('button').filter((one) => one.text() === words['survey.remove'])
  expect(remove()).toEqual([])
  await useStaffSessionStore().readMe()
  await flushPromises()
  expect(remove()).toHaveLength(1)
  await remove()[0]!.trigger('click')
  expect(rpc).not.toHaveBeenCalledWith('remove_survey_text', expect.anything())
  await screen
    .findAll('button')
    .find((one) => one.text() === words['survey.remove_yes'])!
    .trigger('click')
  await flushPromises()
  expect(rpc).toHaveBeenCalledWith('remove_survey_text', { p_jornada: 'd1', p_text: 'Llamen a Ana' })
  expect(rpc.mock.calls.filter(([name]) => name === 'survey_results')).toHaveLength(2)
})

test('the register of letters opens on request, without addresses', async () => {
  serve()
  const { screen } = await open()
  const letters = card(screen, words['letters.title'])
  await letters.findAll('button').at(-1)!.trigger('click')
  await flushPromises()
  expect(letters.find('tbody').text()).toContain('Recordatorio')
  expect(letters.find('tbody a').attributes('href')).toBe('/inscripciones?folio=JO-1&persona=s1')
})

test('before the first day is over the page says what will be there', async () => {
  serve({ ...FIGURES, days: [day('d3', { is_over: false })] })
  const { screen } = await open()
  expect(screen.text()).toContain(words.empty_title)
  expect(screen.find('.board-figures').exists()).toBe(false)
})

test('one file has every table as a sheet', () => {
  expect(sheetsOf('c1', FIGURES).map(({ name, rows }) => [name, rows.length])).toEqual([
    ['Día', 3],
    ['Clase', 2],
    ['Municipio', 3],
    ['Ponente', 2],
    ['Instituciones', 5],
  ])
})

test('axe finds nothing on the page', async () => {
  survey = {
    questions: QUESTIONS,
    days: [surveyDay('d1', { answered: 5, counts: { 'u:4': 5 }, texts: ['Bien'] }), surveyDay('d2', null)],
  }
  serve()
  await open()
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
})
