import { expect, test } from 'vitest'
import { hourWords, seatsTone, seatsWords, whenWords } from './days'

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
  [120, null, 'quiet', 'Cupo por confirmar'],
  [120, 0, 'quiet', 'Lleno: hay lista de espera'],
  [120, 1, 'warn', 'Quedan pocos lugares'],
  [120, 9, 'warn', 'Quedan pocos lugares'],
  [120, 10, 'good', 'Quedan 10 o más'],
  [20, 1, 'warn', 'Quedan pocos lugares'],
  [19, 1, 'good', 'Hay lugares'],
  [null, 1, 'good', 'Cupo por confirmar'],
])('a day of %s seats with %s left, as it is published, is %s: %s', (capacity, seats_left, tone, words) => {
  expect(seatsTone({ capacity, seats_left })).toBe(tone)
  expect(seatsWords({ capacity, seats_left })).toBe(words)
})
