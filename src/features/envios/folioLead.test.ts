// @vitest-environment happy-dom
/** What the page of a folio says first: the outcome, the institution's answer, an offered seat. */
import 'fake-indexeddb/auto'
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ISLANDS } from '@/campaign/islands'
import { material } from '@/campaign/testing/material'
import { db } from '@/data/db'
import type { Convocatoria } from '@/domain/rows'
import type { SubmissionState } from '@/domain/states'
import { feature as jornadas } from '../jornadas/feature'
import { t as jornadasWords } from '../jornadas/words'
import { feature as propuestas } from '../propuestas/feature'
import EnvioView from './EnvioView.vue'

vi.mock('@/sync/watchSubmission', () => ({ watchSubmission: () => () => undefined }))

const PROPUESTA = { part_id: null, body: 'Más árboles.', helps: null, sector: null, municipality: null }
const day = (id: string) => ({
  id,
  group_id: 'g',
  position: 1,
  title: `Jornada ${id}`,
  speaker: null,
  on_day: '2026-12-20',
  starts_at: '2026-12-20T16:00:00Z',
  ends_at: '2026-12-20T18:00:00Z',
  place: 'Auditorio',
  modality: 'presencial',
  capacity: 5,
  seats_left: 1,
  sample: false,
  sequence: 0,
})
const seat = (jornada_id: string, status: string) => ({
  jornada_id,
  status,
  place: null,
  offer_until: '2026-12-10T12:00:00Z',
  pass_code: null,
})

/** The page of a submission in this state, once it shows its folio. */
async function show(kind: 'propuestas' | 'jornadas', change: object, campaign: Partial<Convocatoria> = {}) {
  const convocatoria = { ...material.convocatoria, ...campaign }
  const row = {
    id: 's1',
    kind,
    folio: 'PC-2026-000001-1',
    version: 1,
    state: 'received',
    convocatoria_id: convocatoria.id,
    convocatoria_title: 'Consulta',
    convocatoria_slug: 'consulta',
    messages: [],
    has_email: true,
    display_name: 'Ana',
    captured_at: '2026-11-23T12:00:00Z',
    received_at: '2026-11-23T12:00:00Z',
    answer_by: '2026-12-18',
    late: false,
    correction_until: null,
    undo_withdrawal_until: null,
    content: PROPUESTA,
    ...change,
  }
  const details = kind === 'jornadas' ? { groups: [], jornadas: ['uno', 'dos'].map(day) } : null
  await db.items.add({
    id: 's1',
    kind,
    convocatoria_id: convocatoria.id,
    title: 'Envío',
    secret: 's',
    folio: row.folio,
    created_at: row.captured_at,
  })
  await db.base.bulkAdd([
    { scope: 'mine:s1', entity: 'submission', id: 's1', row },
    { scope: 'public', entity: 'convocatoria', id: convocatoria.id, row: { ...convocatoria, kind, details } },
  ])
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  shown = mount(EnvioView, {
    props: { id: 's1' },
    global: {
      plugins: [createPinia(), router],
      provide: { [ISLANDS as symbol]: { propuestas, jornadas } },
    },
  })
  const page = shown
  await vi.waitFor(() => expect(page.text()).toContain('Folio PC-2026-000001-1'), { timeout: 20_000 })
  return page
}

let shown: VueWrapper | undefined
afterEach(() => shown?.unmount())
beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))

test.each<[SubmissionState, string]>([
  ['received', 'Ya tenemos tu propuesta'],
  ['in_review', 'Estamos leyendo tu propuesta'],
  ['correction_requested', 'Te pedimos un cambio'],
  ['accepted', 'Tu propuesta se aceptó'],
  ['published', 'Tu propuesta ya es pública'],
  ['not_selected', 'Tu propuesta no entró en la selección'],
  ['rejected', 'Tu propuesta no se publicará'],
  ['withdrawn', 'Retiraste tu propuesta'],
  ['expired', 'Terminó la publicación de tu propuesta'],
])('the title of the folio of a propuesta in the state %s says so', async (state, title) => {
  const page = await show('propuestas', { state })
  expect(page.find('h1').text()).toBe(title)
  expect(page.findAll('.button-primary').length).toBeLessThanOrEqual(1)
  expect(page.text()).not.toMatch(/\b(usted|su propuesta|sus)\b/iu)
})

test('the institution’s answer stands before everything else under the title', async () => {
  const page = await show('propuestas', {
    state: 'published',
    messages: [
      {
        at: '2026-12-01T12:00:00Z',
        from: 'staff',
        state: 'published',
        text: 'Tienes razón.',
        reason_code: null,
      },
    ],
  })
  const words = page.find('.page-body').text()
  expect(words.indexOf('Respuesta de la institución')).toBe(0)
  expect(words.indexOf('Tienes razón.')).toBeLessThan(words.indexOf('Está en la página'))
})

const MILESTONES = [{ on: '2999-12-18', until: null, title: 'La estrategia se presenta', note: null }]
test.each<[SubmissionState, object, boolean]>([
  ['published', {}, true],
  ['accepted', {}, true],
  ['in_review', {}, false],
  ['rejected', {}, false],
  ['published', { retired: { at: '2026-11-24T12:00:00Z', reason: 'Se aprobó sin competencia.' } }, false],
])(
  'the folio of a propuesta in the state %s, of a campaign with %o, says what follows: %s',
  async (state, life, isSaid) => {
    const page = await show('propuestas', { state }, { milestones: MILESTONES, ...life })
    expect(page.text().includes('La estrategia se presenta')).toBe(isSaid)
  },
)

test('a folio on paper carries its private link as a code and as text', async () => {
  const page = await show('propuestas', { state: 'published' })
  expect(page.find('svg.qr').exists()).toBe(false)
  dispatchEvent(new Event('beforeprint'))
  await nextTick()
  expect(page.find('details.link-qr[open] svg.qr').exists()).toBe(true)
  expect(page.find('.link-paper').text()).toContain('/folio#PC-2026-000001-1.s')
})

test('an offered seat stands first among the days, and its button is the page’s only primary one, in the bar', async () => {
  const content = {
    body_name: 'Ayuntamiento',
    post: 'Titular',
    seats: [seat('uno', 'confirmed'), seat('dos', 'offered')],
  }
  const page = await show('jornadas', { content })
  await vi.waitFor(() => expect(page.text()).toContain('Jornada uno'), { timeout: 20_000 })
  await vi.waitFor(() => expect(page.find('.page-bar .button-primary').exists()).toBe(true), {
    timeout: 20_000,
  })
  expect(page.find('h1').text()).toBe('Se liberó un lugar')
  expect(page.findAll('article.seat')[0]!.text()).toContain('Jornada dos')
  expect(page.find('.page-bar').text()).toBe(jornadasWords('seat.accept'))
  expect(page.findAll('.button-primary')).toHaveLength(1)
  expect(page.text()).not.toMatch(/\b(tú|tu|tus|puedes|quieres)\b/iu)
})
