import { expect, test } from 'vitest'
import type { ConvocatoriaCard } from '@/domain/rows'
import { dayWords, deadlineWords, groupCards, outcomeWords } from './campaignCard'

const card = (id: string, opens: string, closes: string, until: string): ConvocatoriaCard => ({
  id,
  slug: id,
  kind: 'propuestas',
  title: id,
  summary: '',
  label: null,
  opens_at: `${opens}T00:00:00-06:00`,
  closes_at: `${closes}T23:59:00-06:00`,
  received_until: `${until}T23:59:00-06:00`,
  results_on: null,
  published_count: 0,
})
const november = card('november', '2021-11-04', '2021-11-12', '2021-11-14')
const at = (day: string) => new Date(`${day}T12:00:00-06:00`)

test.each([
  ['2021-11-02', 'Abre el jueves 4 de noviembre de 2021, 00:00, hora del centro de México; faltan 2 días.'],
  [
    '2021-11-10',
    'Cierra el viernes 12 de noviembre de 2021, 23:59, hora del centro de México; faltan 2 días.',
  ],
  [
    '2021-11-13',
    'Cerró el viernes 12 de noviembre de 2021, 23:59. Lo recibimos, marcado como tardío, hasta el domingo 14 de noviembre de 2021, 23:59, hora del centro de México; falta 1 día.',
  ],
  ['2021-11-20', 'Cerró el viernes 12 de noviembre de 2021.'],
])('on %s the card says «%s»', (day, words) => expect(deadlineWords(november, at(day))).toBe(words))

test('a paused campaign stays among the open ones, with its closing', () => {
  const pause = { from: '2021-11-08T00:00:00-06:00', until: null, received_until: '', reason: 'x' }
  const paused = { ...november, paused: pause }
  expect(groupCards([paused], at('2021-11-10')).open).toEqual([paused])
  expect(deadlineWords(paused, at('2021-11-10'))).toMatch(/^Cierra el viernes 12 de noviembre/u)
})

test('open and grace campaigns are sorted by deadline, coming ones by opening, closed ones latest first', () => {
  const soon = card('soon', '2021-11-01', '2021-11-11', '2021-11-13')
  const old = card('old', '2021-01-01', '2021-01-11', '2021-01-13')
  const older = card('older', '2020-01-01', '2020-01-11', '2020-01-13')
  const next = card('next', '2022-01-01', '2022-01-11', '2022-01-13')
  const groups = groupCards([older, november, next, old, soon], at('2021-11-12'))
  expect(groups.open.map(({ id }) => id)).toEqual(['soon', 'november'])
  expect(groups.coming.map(({ id }) => id)).toEqual(['next'])
  expect(groups.closed.map(({ id }) => id)).toEqual(['old', 'older'])
})

test.each([
  ['2021-11-02', 'Abre el jueves 4 de noviembre'],
  ['2021-11-10', 'Cierra el viernes 12 de noviembre'],
])('on %s the day beside the remaining time is «%s»', (day, words) =>
  expect(dayWords(november, at(day))).toBe(words),
)

test.each([
  [
    'what was published',
    { published_count: 2, results_on: '2021-11-17', label: 'Recreación' },
    '2 envíos publicados',
  ],
  [
    'the day of its results',
    { results_on: '2021-11-21', label: 'Recreación' },
    'Resultados: domingo 21 de noviembre de 2021',
  ],
  ['what the institution says of it', { results_on: '2021-11-17', label: 'Recreación' }, 'Recreación'],
  ['nothing', {}, ''],
])('a closed campaign tells %s', (_, change, words) =>
  expect(outcomeWords({ ...november, ...change }, at('2021-11-20'))).toBe(words),
)
