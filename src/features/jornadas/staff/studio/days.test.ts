import { expect, test } from 'vitest'
import {
  daysOfRule,
  emptyDay,
  makeSeries,
  otherModality,
  repeatInto,
  setDay,
  setHour,
  withShared,
} from './days'

const RULE = { from: '2027-01-11', weekdays: [2, 4], count: 5, skip: new Set<string>() }

test('Tuesdays and Thursdays, five times, from a Monday', () => {
  expect(daysOfRule(RULE)).toEqual(['2027-01-12', '2027-01-14', '2027-01-19', '2027-01-21', '2027-01-26'])
})

test('a rest day is left out and the series still has its number', () => {
  expect(daysOfRule({ ...RULE, skip: new Set(['2027-01-14']) })).toEqual([
    '2027-01-12',
    '2027-01-19',
    '2027-01-21',
    '2027-01-26',
    '2027-01-28',
  ])
})

test.each([{ from: '' }, { weekdays: [] }, { count: 0 }])('a rule without %j makes no day', (change) =>
  expect(daysOfRule({ ...RULE, ...change })).toEqual([]),
)

test('the days of a series have the hours of the model, in central Mexico, and numbered titles', () => {
  const model = { ...emptyDay('g'), on_day: '2027-01-01', title: 'Transparencia' }
  setHour(model, 'starts_at', '10:00')
  const [first, second] = makeSeries(model, RULE)
  expect(first).toMatchObject({
    title: 'Primera. Transparencia',
    on_day: '2027-01-12',
    starts_at: '2027-01-12T10:00:00-06:00',
  })
  expect(second!.id).not.toBe(first!.id)
})

test('an hour needs a day, and goes away with it', () => {
  const day = emptyDay('g')
  setHour(day, 'starts_at', '10:00')
  expect(day.starts_at).toBeNull()
  setDay(day, '2027-01-12')
  setHour(day, 'starts_at', '10:00')
  setDay(day, '2027-01-13')
  expect(day.starts_at).toBe('2027-01-13T10:00:00-06:00')
  setDay(day, null)
  expect(day.starts_at).toBeNull()
})

test('the other modality has neither the place nor the link of the first, and seats of its own', () => {
  const here = { ...emptyDay('g'), modality: 'presencial' as const, place: 'Auditorio', capacity: 80 }
  const online = otherModality(here)
  expect(online).toMatchObject({ modality: 'virtual', place: null, capacity: null })
  expect(otherModality({ ...online, link: 'https://x.example' })).toMatchObject({
    modality: 'presencial',
    link: null,
  })
})

test('a group’s days repeat in another one without dates', () => {
  const days = [{ ...emptyDay('a'), title: 'Primera', on_day: '2027-01-12' }, emptyDay('b')]
  expect(repeatInto(days, 'a', 'b')).toEqual([
    { ...days[0], id: expect.any(String), group_id: 'b', on_day: null, starts_at: null, ends_at: null },
  ])
})

test('a day takes from another of its group what it lacks, and keeps what it has', () => {
  const from = { ...emptyDay('g'), modality: 'presencial' as const, place: 'Auditorio', capacity: 80 }
  setDay(from, '2027-01-12')
  setHour(from, 'starts_at', '10:00')
  const dated = { ...emptyDay('g'), capacity: 30, on_day: '2027-01-14' }
  expect(withShared(dated, from)).toMatchObject({
    modality: 'presencial',
    place: 'Auditorio',
    capacity: 30,
    on_day: '2027-01-14',
    starts_at: '2027-01-14T10:00:00-06:00',
    ends_at: null,
  })
  expect(withShared(emptyDay('g'), from)).toMatchObject({ place: 'Auditorio', starts_at: null })
  const online = { ...dated, modality: 'virtual' as const }
  expect(withShared(online, from)).toMatchObject({ place: null, starts_at: '2027-01-14T10:00:00-06:00' })
  const elsewhere = emptyDay('other')
  expect(withShared(elsewhere, from)).toBe(elsewhere)
})
