// @vitest-environment happy-dom
/** The page of a mesa: its day and seats, the hours of its agenda, and what leaves the application. */
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { material } from '@/campaign/testing/material'
import type { CampaignMesa, MeetingDay } from '../mesa'
import ResultsDigest from '../results/ResultsDigest.vue'
import { fromMinute } from './lines'
import MesaBody from './MesaBody.vue'
import { t } from './words'

const global = { stubs: { RouterLink: { props: ['to'], template: '<a :href="to"><slot /></a>' } } }
const day: MeetingDay = {
  title: 'Mesa',
  on_day: '2026-12-03',
  starts_at: '2026-12-03T17:00:00Z',
  ends_at: '2026-12-03T19:00:00Z',
  place: 'Biblioteca',
  address: 'Calle 1',
  accessibility: null,
  modality: 'presencial',
  cancelled: false,
}
const meeting = {
  id: 'm1',
  slug: 'mesa-2026',
  title: 'Mesa de la consulta',
  opens_at: '2026-11-20T06:00:00Z',
  closes_at: '2026-12-03T06:00:00Z',
  days: [day],
}
const mesa: CampaignMesa = {
  at: '2026-11-28T18:00:00Z',
  mesa: {
    title: 'Mesa',
    lead: 'Platicamos.',
    agenda: [
      { title: 'Bienvenida', minute: 0, at: 2 },
      { title: 'Hallazgos', minute: 15, at: null },
    ],
    findings: [{ title: 'Piden sábados', count: 12 }],
    recording: null,
    insumo_id: null,
  },
  meeting,
  acta: null,
}
const campaign = { ...material, insumos: [], municipalities: undefined }
const open = (change: Partial<CampaignMesa> = {}, now = new Date('2026-11-29T12:00:00Z')) =>
  mount(MesaBody, { props: { mesa: { ...mesa, ...change }, campaign, now }, global })
const recorded = (change: Partial<CampaignMesa['mesa']>) => open({ mesa: { ...mesa.mesa, ...change } })

test('it says when and where, and the seat is taken at the linked campaign', () => {
  const page = open()
  expect(page.text()).toContain('jueves 3 de diciembre de 2026, 11:00 a 13:00, hora del centro de México')
  expect(page.text()).toContain('Biblioteca. Calle 1')
  expect(page.findAll('a').map((one) => [one.text(), one.attributes('href')])).toEqual([
    [t('register'), '/c/mesa-2026'],
  ])
})

test.each<[string, Partial<CampaignMesa>, string, string]>([
  [
    'before registration opens',
    {},
    '2026-11-01T00:00:00Z',
    'El registro abre el viernes 20 de noviembre de 2026.',
  ],
  ['after it closed', {}, '2026-12-04T00:00:00Z', t('register.closed')],
  [
    'of a day that was called off',
    { meeting: { ...meeting, days: [{ ...day, cancelled: true }] } },
    '2026-11-29T00:00:00Z',
    t('when.cancelled'),
  ],
  ['without a public campaign', { meeting: null }, '2026-11-29T00:00:00Z', t('when.none')],
])('%s no seat is offered and the page says why', (_, change, now, words) => {
  const page = open(change, new Date(now))
  expect(page.text()).toContain(words)
  expect(page.find('a').exists()).toBe(false)
})

test('the agenda has hours where the day has one, minutes otherwise', () => {
  const hours = (page: ReturnType<typeof open>) =>
    page.findAll('ol li > :first-child').map((one) => one.text())
  expect(hours(open())).toEqual(['11:00', '11:15'])
  expect(hours(open({ meeting: { ...meeting, days: [day, day] } }))).toEqual(['Minuto 0', 'Minuto 15'])
})

test('findings are called an advance of their day, with how many proposals each has', () => {
  expect(open().text()).toContain('como estaba el sábado 28 de noviembre de 2026')
  expect(open().text()).toMatch(/Piden sábados\s*· 12 propuestas/u)
})

test('a recording elsewhere names its site before it is opened, and a point opens it at its minute', () => {
  const page = recorded({ recording: 'https://youtu.be/abc' })
  expect(page.text()).toContain(t('recording.note', { host: 'youtu.be' }))
  expect(page.findAll('a[target=_blank]').map((one) => one.attributes('href'))).toEqual([
    'https://youtu.be/abc',
    'https://youtu.be/abc?t=120s',
  ])
})

test('a recording among the insumos is reached inside the application', () => {
  expect(
    recorded({ insumo_id: 'i1' })
      .findAll('a')
      .map((one) => one.attributes('href')),
  ).toContain('/c/consulta/insumo/i1')
})

test.each([
  ['https://www.youtube.com/watch?v=a', 'https://www.youtube.com/watch?v=a&t=300s'],
  ['https://ejemplo.mx/mesa.mp4', 'https://ejemplo.mx/mesa.mp4#t=300'],
  ['https://notyoutube.com/a', 'https://notyoutube.com/a#t=300'],
  ['https://999.999.999.999', 'https://999.999.999.999'],
])('%s is opened at its fifth minute', (link, at) => expect(fromMinute(link, 5)).toBe(at))

test('the consultation’s page leads to the mesa, and calls nothing finished that is not', () => {
  const digest = mount(ResultsDigest, { props: { details: { mesa: mesa.at }, slug: 'consulta' }, global })
  expect([digest.text(), digest.find('a').attributes('href')]).toEqual([
    'Mesa de resultados',
    '/c/consulta/mesa',
  ])
})
