import { expect, test } from 'vitest'
import {
  groupOf,
  type Jornada,
  refuseClass,
  refuseContact,
  refuseDays,
  refuseNeed,
  refusePost,
} from './registration'

const day = (change: Partial<Jornada> = {}): Jornada => ({
  id: 'a',
  group_id: 'g1',
  position: 1,
  title: 'Primera Jornada',
  speaker: 'Ponente',
  on_day: '2026-12-08',
  starts_at: '2026-12-08T10:00:00-06:00',
  ends_at: null,
  place: null,
  modality: null,
  capacity: 10,
  seats_left: 0,
  sample: true,
  sequence: 0,
  ...change,
})
const noHour = day({ starts_at: null })

test.each([
  ['no day', [], '2026-12-01T00:00:00Z', 'jornada_required'],
  ['a full day, which has a waiting list', [day()], '2026-12-01T00:00:00Z', null],
  [
    'a day to be confirmed',
    [day(), day({ on_day: null, starts_at: null })],
    '2026-12-01T00:00:00Z',
    'jornada_undated',
  ],
  ['the last millisecond before it begins', [day()], '2026-12-08T15:59:59.999Z', null],
  ['the beginning', [day()], '2026-12-08T16:00:00.000Z', 'jornada_past'],
  ['the last millisecond of a day without hour', [noHour], '2026-12-09T05:59:58.999Z', null],
  ['the end of a day without hour', [noHour], '2026-12-09T05:59:59.000Z', 'jornada_past'],
])('refuseDays for %s', (_, days, now, refusal) => expect(refuseDays(days, new Date(now))).toBe(refusal))

const groups = [
  { id: 'g1', name: 'Grupo 1', class_keys: ['poder_ejecutivo', 'sindicato'] },
  { id: 'g2', name: 'Grupo 2', class_keys: ['ayuntamiento'] },
]

test.each([
  ['a class of the group', 'sindicato', [day()], null],
  ['a class of the other group', 'ayuntamiento', [day()], 'body_ineligible'],
  ['days of both groups', 'ayuntamiento', [day(), day({ group_id: 'g2' })], 'body_ineligible'],
  ['a class in no group', 'fideicomiso', [day()], 'body_ineligible'],
  ['a class in no group, before a day is chosen', 'fideicomiso', [], 'body_ineligible'],
])('refuseClass for %s', (_, key, days, refusal) => expect(refuseClass(key, days, groups)).toBe(refusal))

test('groupOf finds the group of a class, and null for a class without one', () => {
  expect(groupOf('ayuntamiento', groups)?.name).toBe('Grupo 2')
  expect(groupOf('fideicomiso', groups)).toBeNull()
})

test.each([
  ['nothing', '', 'post_required'],
  ['zero-width characters', '\u200b ', 'post_required'],
  ['120 letters between spaces', ` ${'ñ'.repeat(120)} `, null],
  ['121 letters', 'a'.repeat(121), 'post_too_long'],
  ['two lines, which become one', 'Titular\nde la Unidad', null],
  ['NUL', '\u0000', 'post_required'],
])('refusePost for %s', (_, post, refusal) => expect(refusePost(post)).toBe(refusal))

test.each([
  ['', 'email_required'],
  ['  ', 'email_required'],
  ['ana@toluca', 'email_invalid'],
  ['ana@toluca.gob.mx', null],
])('refuseContact for the address %j', (email, refusal) => expect(refuseContact(email)).toBe(refusal))

test.each([
  ['no need', '', false, null],
  ['a need without consent', 'Rampa', false, 'consent_missing'],
  ['a need with consent', 'Rampa', true, null],
  ['a need of 500 letters', 'a'.repeat(500), true, null],
  ['a need of 501 letters', 'a'.repeat(501), true, 'accessibility_too_long'],
  ['a letter and an escape character', 'a\u001b', true, null],
  ['an escape character', '\u001b', false, null],
])('refuseNeed for %s', (_, need, granted, refusal) => expect(refuseNeed(need, granted)).toBe(refusal))
