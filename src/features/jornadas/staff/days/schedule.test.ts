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
  ['a speaker without a name', { speaker: null }, ['schedule_invalid speaker']],
  ['a link that is not https', { link: 'http://a.example' }, ['schedule_invalid link']],
  ['an address of 301 characters', { address: 'a'.repeat(301) }, ['schedule_invalid address']],
  ['no link', { link: null, address: null, accessibility: null, speaker_post: null }, []],
  ['a reason of a letter and a control character', { reason: 'a\u0000' }, []],
  ['a reason of a control character', { reason: '\u0000' }, ['reason_required reason']],
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

test('a cancellation notifies everybody with a seat, and bringing the day back those who took no other day', () => {
  expect(toldOf(day, change({ cancelled: true }))).toEqual({ notified: 12, promoted: 0 })
  const off = {
    ...day,
    cancelled_at: '2026-11-26T12:00:00Z',
    counts: { ...counts, called_off: 12, moved: 5 },
  }
  expect(toldOf(off, change({ cancelled: false, capacity: 90 }))).toEqual({ notified: 7, promoted: 0 })
})

test('a detail that the payload lacks is no change, and an empty one is', () => {
  const known = { ...day, speaker: 'Ana', link: 'https://a.example' }
  expect(changedFields(known, change())).toEqual([])
  expect(changedFields(known, change({ speaker: 'Luis', link: null }))).toEqual(['speaker', 'link'])
  expect(toldOf(known, change({ link: null })).notified).toBe(12)
})
