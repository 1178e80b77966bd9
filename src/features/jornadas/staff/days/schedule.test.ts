import { expect, test } from 'vitest'
import type { JornadaDay } from '@/features/jornadas/registration'
import { changedFields, peopleOf, refuseReschedule, type Reschedule, seatsTaken, toldOf } from './schedule'

const counts = { confirmed: 8, offered: 1, waiting: 3, attended: 0 }
const day = {
  on_day: '2026-12-08',
  starts_at: '2026-12-08T16:00:00+00:00',
  ends_at: '2026-12-08T18:00:00+00:00',
  place: 'Auditorio',
  modality: 'presencial',
  capacity: 9,
  counts,
} as JornadaDay
const change = (over: Partial<Reschedule> = {}): Reschedule => ({
  on_day: '2026-12-08',
  starts_at: '2026-12-08T10:00:00-06:00',
  ends_at: '2026-12-08T12:00:00-06:00',
  place: 'Auditorio',
  modality: 'presencial',
  capacity: 9,
  reason: 'La sala estará en obras.',
  ...over,
})
const refusals = (over: Partial<Reschedule>) =>
  refuseReschedule(change(over), '2026-11-26', seatsTaken(counts)).map(
    ({ field, code }) => `${code} ${field}`,
  )

test.each<[string, Partial<Reschedule>, string[]]>([
  ['a valid change', {}, []],
  ['only a reason', { on_day: null, starts_at: null, ends_at: null, capacity: null }, []],
  ['a change to today', { on_day: '2026-11-26', starts_at: null, ends_at: null }, []],
  [
    'a change to yesterday',
    { on_day: '2026-11-25', starts_at: null, ends_at: null },
    ['jornada_past on_day'],
  ],
  ['an end equal to the beginning', { ends_at: '2026-12-08T10:00:00-06:00' }, ['schedule_invalid ends_at']],
  ['an end without a beginning', { starts_at: null }, ['schedule_invalid ends_at']],
  ['a place of 200 characters', { place: 'á'.repeat(200) }, []],
  ['a place of 201 characters', { place: 'a'.repeat(201) }, ['schedule_invalid place']],
  ['as many seats as are taken', { capacity: 9 }, []],
  ['one seat less than are taken', { capacity: 8 }, ['capacity_too_small capacity']],
  ['zero seats', { capacity: 0 }, ['schedule_invalid capacity']],
  ['a capacity in words', { capacity: Number.NaN }, ['schedule_invalid capacity']],
  ['no reason', { reason: ' \u200b' }, ['reason_required reason']],
  ['a reason of 500 characters', { reason: '😀'.repeat(500) }, []],
  ['a reason of 501 characters', { reason: 'a'.repeat(501) }, ['message_too_long reason']],
  ['a reason with a control character', { reason: 'a\u0000' }, ['body_invalid reason']],
])('refuseReschedule for %s', (_, over, expected) => expect(refusals(over)).toEqual(expected))

test('the same instant in another notation is no change', () => {
  expect(changedFields(day, change())).toEqual([])
  expect(changedFields(day, change({ place: null, capacity: 10 }))).toEqual(['place', 'capacity'])
  expect(changedFields(day, change({ ends_at: null }))).toEqual(['ends_at'])
})

test('a new time or place notifies everybody who holds or awaits a seat, and a new capacity alone nobody', () => {
  expect(peopleOf(counts)).toBe(12)
  expect(toldOf(day, change({ place: 'Casa de cultura' }))).toEqual({ notified: 12, promoted: 0 })
  expect(toldOf(day, change({ capacity: 11 }))).toEqual({ notified: 0, promoted: 2 })
})

test('a higher capacity promotes at most the people who wait, and no limit promotes all of them', () => {
  expect(toldOf(day, change({ capacity: 40 })).promoted).toBe(3)
  expect(toldOf(day, change({ capacity: null })).promoted).toBe(3)
  expect(toldOf({ ...day, capacity: null }, change({ capacity: 40 })).promoted).toBe(0)
})
