import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { JornadaDay } from '@/features/jornadas/registration'
import {
  formOf,
  problemText,
  rebase,
  refuseForm,
  type ScheduleForm,
  toForm,
  toReschedule,
} from './scheduleForm'

const day: JornadaDay = {
  id: 'j1',
  group_id: 'g1',
  position: 1,
  title: 'Primera Jornada',
  speaker: 'Ponente de ejemplo',
  on_day: '2026-12-08',
  starts_at: '2026-12-08T16:00:27.5+00:00',
  ends_at: '2026-12-08T18:00:00+00:00',
  place: 'Auditorio',
  modality: 'presencial',
  capacity: 10,
  seats_left: 2,
  sample: false,
  sequence: 3,
  convocatoria_id: 'c1',
  convocatoria_title: 'Jornadas',
  group_name: 'Grupo 1',
  counts: { confirmed: 8, offered: 0, waiting: 0, attended: 0 },
}
const form = (over: Partial<ScheduleForm> = {}): ScheduleForm => ({
  ...toForm(day, 'La sala estará en obras.'),
  ...over,
})
const fields = (over: Partial<ScheduleForm>) => refuseForm(form(over), day, 8).map(({ field }) => field)

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-27T05:30:00Z') })) // still the 26th in central Mexico
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

test('on a phone in Tokyo the form shows and sends hours of central Mexico', () => {
  vi.stubEnv('TZ', 'Asia/Tokyo')
  expect(toForm(day)).toMatchObject({ on_day: '2026-12-08', starts_at: '10:00', ends_at: '12:00' })
  expect(toReschedule(form({ starts_at: '20:30', ends_at: '23:00' }), day)).toMatchObject({
    on_day: '2026-12-08',
    starts_at: '2026-12-08T20:30:00-06:00',
    ends_at: '2026-12-08T23:00:00-06:00',
  })
})

test('untouched hours keep their seconds, and move with the day when the day changes', () => {
  expect(toReschedule(form(), day)).toMatchObject({ starts_at: day.starts_at, ends_at: day.ends_at })
  expect(toReschedule(form({ on_day: '2026-12-15' }), day)).toMatchObject({
    starts_at: '2026-12-15T10:00:00-06:00',
    ends_at: '2026-12-15T12:00:00-06:00',
  })
})

test('an untouched end after midnight stays on the next day', () => {
  const late = { ...day, ends_at: '2026-12-09T07:00:00+00:00' }
  expect(toReschedule(toForm(late), late).ends_at).toBe(late.ends_at)
})

test('«fecha por confirmar» sends neither a day nor hours', () =>
  expect(toReschedule(form({ pending: true }), day)).toMatchObject({
    on_day: null,
    starts_at: null,
    ends_at: null,
  }))

test('emptied fields are sent as null', () =>
  expect(toReschedule(form({ place: ' ', capacity: ' ', starts_at: '', ends_at: '' }), day)).toMatchObject({
    place: null,
    capacity: null,
    starts_at: null,
    ends_at: null,
  }))

test.each<[string, Partial<ScheduleForm>, string[]]>([
  ['a day that is today in central Mexico and past in UTC', { on_day: '2026-11-26' }, []],
  ['a past day', { on_day: '2026-11-25' }, ['on_day']],
  ['neither a day nor «fecha por confirmar»', { on_day: '' }, ['on_day']],
  ['an end without a beginning', { starts_at: '' }, ['starts_at']],
  ['an end before the beginning', { ends_at: '09:00' }, ['ends_at']],
  ['a capacity in words', { capacity: 'diez' }, ['capacity']],
  ['a negative capacity', { capacity: '-3' }, ['capacity']],
  ['fewer seats than are taken', { capacity: '7' }, ['capacity']],
  ['no reason', { place: 'Otra', reason: ' ' }, ['reason']],
  ['a form without changes', {}, ['']],
])('refuseForm for %s', (_, over, expected) => expect(fields(over)).toEqual(expected))

test('the refusal of a small capacity says how many seats are taken', () => {
  expect(problemText('capacity_too_small', 'capacity', 8)).toContain('8 lugares')
  expect(problemText('jornada_past', null, 8)).not.toBe(problemText('jornada_past', 'on_day', 8))
})

test('a rebase keeps this member’s changes and takes the other person’s in all other fields', () => {
  const theirs = { ...day, sequence: 4, place: 'Casa de cultura', capacity: 20 }
  const mine = form({ capacity: '15', starts_at: '11:00' })
  expect(rebase(mine, day, theirs)).toEqual({ ...mine, place: 'Casa de cultura' })
})

test('a day that is called off keeps all its fields, whatever the form holds, and needs a reason only', () => {
  const off = form({ cancelled: true, place: 'Otra sala', on_day: '' })
  const { on_day, starts_at, ends_at, place, modality, capacity } = day
  expect(toReschedule(off, day)).toEqual({
    on_day,
    starts_at,
    ends_at,
    place,
    modality,
    capacity,
    online_capacity: null,
    cancelled: true,
    reason: 'La sala estará en obras.',
  })
  expect(fields({ cancelled: true, on_day: '' })).toEqual([])
  expect(fields({ cancelled: true, reason: ' ' })).toEqual(['reason'])
})

test('seats online belong to a day at a place, and a day that goes online has none besides', () => {
  const both = { ...day, online_capacity: 30 }
  expect(toForm(both).online_capacity).toBe('30')
  expect(toReschedule({ ...toForm(both), online_capacity: '45' }, both)).toMatchObject({
    online_capacity: 45,
  })
  expect(toReschedule({ ...toForm(both), modality: 'virtual' }, both)).toMatchObject({
    online_capacity: null,
  })
  expect(
    refuseForm({ ...toForm(both, 'Obras.'), online_capacity: 'x' }, both, 0).map(({ field }) => field),
  ).toEqual(['online_capacity'])
})

test('details that this phone does not know are not sent, and those it knows are sent trimmed', () => {
  expect(Object.keys(toReschedule(form(), day))).not.toContain('link')
  const known = { ...day, link: null, address: 'Calle 1' }
  const sent = toReschedule({ ...toForm(known), link: ' https://a.example ', address: '' }, known)
  expect(sent).toMatchObject({ link: 'https://a.example', address: null, speaker: 'Ponente de ejemplo' })
})

test('a change that an older version wrote opens with the details of the day', () => {
  const { on_day, starts_at, ends_at, modality, capacity } = day
  const old = { on_day, starts_at, ends_at, modality, capacity, place: 'Explanada', reason: 'Obras.' }
  expect(formOf(old, day)).toMatchObject({
    place: 'Explanada',
    speaker: 'Ponente de ejemplo',
    cancelled: false,
    reason: 'Obras.',
  })
})
