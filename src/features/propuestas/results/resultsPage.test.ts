// @vitest-environment happy-dom
/** The pieces of the results: hidden counts say so, differences are words, and every number is also in a table. */
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import type { RenewedPart } from '../renewal'
import type { PartFigures, PublicFinding, ResultFigures } from '../results'
import CountBars from './CountBars.vue'
import FindingCard from './FindingCard.vue'
import HelpBars from './HelpBars.vue'
import { partLines, placeLines, sectorLines } from './lines'
import RenewedPartCard from './RenewedPartCard.vue'
import TapBars from './TapBars.vue'

const global = { stubs: { RouterLink: { props: ['to'], template: '<a :href="to"><slot /></a>' } } }

const part: RenewedPart = {
  id: 'p1',
  topic_id: 't1',
  kind: 'action',
  number: '2.1',
  change: 'changed',
  why: 'Se puede con el personal que hay.',
  old: { title: 'Mesas de diálogo', body: 'Cinco mesas en días hábiles.' },
  new: { title: 'Mesas de diálogo', body: 'Cinco mesas; dos en sábado.' },
  findings: [{ id: 'f1', title: 'Mesas en sábado' }],
}

test('a changed part shows both texts, marks words without colour alone, and names its findings', async () => {
  const card = mount(RenewedPartCard, { props: { part, slug: 'consulta' }, global })
  await vi.waitFor(() => expect(card.find('del').exists()).toBe(true))
  await flushPromises()
  expect(card.findAll('h4').map((one) => one.text())).toEqual(['Antes', 'Ahora'])
  expect(card.find('del').text()).toMatch(/^se quitó:.*hábiles.*fin\.$/su)
  expect(
    card
      .findAll('ins')
      .map((one) => one.text())
      .join(' '),
  ).toContain('sábado')
  const [before, after] = card.findAll('.diff')
  expect([before!.find('ins').exists(), after!.find('del').exists()]).toEqual([false, false])
  expect(card.find('a').attributes('href')).toBe('/c/consulta/resultados#hallazgo-f1')
})

test('a part that stays says why', () => {
  const same: RenewedPart = {
    ...part,
    change: 'same',
    new: part.old,
    findings: [],
    why: 'Nadie pidió cambiarla.',
  }
  const card = mount(RenewedPartCard, { props: { part: same, slug: 'consulta' }, global })
  expect(card.text()).toContain('Sigue igual')
  expect(card.text()).toContain('Por qué: Nadie pidió cambiarla.')
  expect(card.text()).toContain('Cinco mesas en días hábiles.')
})

const figures: ResultFigures = {
  edition: 1,
  totals: {
    recibidas: 20,
    opiniones: 12,
    con_respuesta: 20,
    publicadas: 9,
    retenidas: 0,
    municipios: 1,
    dias: 4,
  },
  parts: [
    {
      number: '1.1',
      title: 'Lenguaje claro',
      change: 'igual',
      received: 12,
      published: 5,
      answers: { si: 9, en_parte: null, no: null },
    },
  ],
  missing: { received: 8, published: 4 },
  sectors: [
    { key: 'academia', count: 12 },
    { key: 'nuevo', count: null },
  ],
  channels: [{ key: 'app', count: 20 }],
  days: [{ key: '2026-11-04', count: 20 }],
  municipalities: [
    { key: '15106', count: 5 },
    { key: '', count: 4 },
  ],
  findings: [],
  changes: { changed: 0, added: 0, removed: 0, same: 1 },
}

test('a hidden count says that it is hidden and why, and draws no bar that would tell it', () => {
  const bars = mount(CountBars, { props: { title: 'Quiénes', lines: sectorLines(figures) } })
  expect(bars.findAll('ol li').map((one) => one.text())).toEqual(['Academia12', 'nuevose oculta'])
  expect(bars.findAll('ol svg')).toHaveLength(1)
  expect(bars.text()).toContain('menos de cinco personas')
  expect(bars.findAll('tbody tr').map((one) => one.text())).toEqual(['Academia12', 'nuevose oculta'])
  const helps = mount(HelpBars, { props: { title: 'Ayuda', parts: figures.parts as PartFigures[] } })
  expect(helps.text()).toContain('Sí 9 · En parte se oculta · No se oculta')
  expect(helps.findAll('rect')).toHaveLength(0)
})

test('answers of which every count is hidden are told once and not line by line', () => {
  const answers = { si: null, en_parte: null, no: null }
  const parts = ['1.1', '1.2'].map((number) => ({ number, title: 'Mesas', answers }))
  const helps = mount(HelpBars, { props: { title: 'Ayuda', parts } })
  expect(helps.find('li').exists()).toBe(false)
  expect(helps.text()).toContain('menos de cinco personas')
})

test('answers by one tap are called answers, with the rule and how many it left out; without any there is nothing', () => {
  const totals = { ...figures.totals, respuestas: 31, respuestas_excluidas: 4, telefonos_por_red_y_hora: 60 }
  const parts = [{ ...figures.parts[0]!, taps: { si: 20, en_parte: 6, no: 5 } }]
  const bars = mount(TapBars, { props: { parts, totals } })
  for (const words of [
    'Sí 20 · En parte 6 · No 5',
    '31 respuestas',
    'no personas',
    'hasta 60 teléfonos',
    'dejó fuera: 4',
  ])
    expect(bars.text()).toContain(words)
  expect(mount(TapBars, { props: { parts: figures.parts, totals: figures.totals } }).text()).toBe('')
})

test('parts and places are named, the largest first', () => {
  expect(partLines(figures).map(({ name, count }) => [name, count])).toEqual([
    ['1.1 · Lenguaje claro', 12],
    ['Lo que falta', 8],
  ])
  expect(placeLines(figures, () => 'Toluca').map(({ name }) => name)).toEqual([
    'Toluca',
    'No lo dijo o no lo autorizó',
  ])
})

const finding: PublicFinding = {
  id: 'f1',
  title: 'Mesas en sábado',
  words: 'Entre semana no pueden ir.',
  codes: [],
  count: 9,
  answer: {
    outcome: 'no',
    reasons: 'No hay personal.',
    area: 'Difusión',
    due_on: null,
    published_at: '2026-11-29T00:00:00Z',
  },
  quotes: [{ folio: 'PR-2026-000001-5', quote: 'que sea en sábado' }],
}

test('a finding says how many, in whose words, and the reasons of a no', () => {
  const card = mount(FindingCard, { props: { finding, slug: 'consulta' }, global })
  for (const words of [
    '9 propuestas',
    'No se acepta',
    '«que sea en sábado»',
    'No hay personal.',
    'Responsable: Difusión',
  ])
    expect(card.text()).toContain(words)
  expect(card.find('figcaption a').attributes('href')).toBe('/c/consulta/publicadas/PR-2026-000001-5')
})
