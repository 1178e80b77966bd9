import { expect, test } from 'vitest'
import { hourWords, seatsTone, whenWords } from './days'

const DAY = { on_day: '2026-12-08', starts_at: '2026-12-08T16:00:00+00:00', ends_at: null }

test.each([
  [{ ...DAY, on_day: null, starts_at: null }, 'Fecha por confirmar'],
  [{ ...DAY, starts_at: null }, 'martes 8 de diciembre de 2026, hora por confirmar'],
  [DAY, 'martes 8 de diciembre de 2026, 10:00, hora del centro de México'],
  [
    { ...DAY, ends_at: '2026-12-08T18:30:00+00:00' },
    'martes 8 de diciembre de 2026, 10:00 a 12:30, hora del centro de México',
  ],
])('the words for the time of a jornada: %o', (day, words) => {
  expect(whenWords(day)).toBe(words)
})

test.each([
  [{ ...DAY, on_day: null, starts_at: null }, 'Fecha por confirmar'],
  [{ ...DAY, starts_at: null }, 'Hora por confirmar'],
  [DAY, '10:00'],
  [{ ...DAY, ends_at: '2026-12-08T18:30:00+00:00' }, '10:00 a 12:30'],
])('the hours of a jornada beside its date: %o', (day, words) => {
  expect(hourWords(day)).toBe(words)
})

test.each([
  [null, 'quiet'],
  [0, 'quiet'],
  [2, 'warn'],
  [3, 'good'],
])('with %s seats left a day is %s', (seats_left, tone) => {
  expect(seatsTone({ seats_left })).toBe(tone)
})
