import { expect, test } from 'vitest'
import { clockOf, joined, msOf, splitAt, tooFast, troubleOf } from './lines'

const line = { at: 1_000, to: 4_000, text: 'Pedimos el contrato.' }

test.each([
  ['nothing', {}, null],
  ['no words', { text: ' \u200b' }, 'empty'],
  ['too many words', { text: 'a'.repeat(201) }, 'long'],
  ['four lines', { text: 'a\nb\nc\nd' }, 'long'],
  ['an end before the beginning', { to: 1_050 }, 'time'],
  ['a beginning before the end of the line above', { at: 899 }, 'early'],
  ['an end after the video', { to: 62_001 }, 'late'],
])('a line with %s is told as the database would refuse it', (_, change, trouble) =>
  expect(troubleOf({ ...line, ...change }, { at: 0, to: 900, text: 'Hola' }, 60_000)).toBe(trouble),
)

test.each([
  ['1:09.2', 69_200],
  ['0:00', 0],
  ['69,25', 69_250],
  [' 2:05.5 ', 125_500],
])('the typed time %j is %i ms', (typed, ms) => expect(msOf(typed)).toBe(ms))

test.each(['', '1:', 'uno', '1:2:3', '-4'])('%j is no time', (typed) => expect(msOf(typed)).toBeNull())

test.each([0, 90, 69_240, 3_725_900])('the clock of %i ms is read again to the tenth of a second', (ms) =>
  expect(Math.abs(msOf(clockOf(ms))! - ms)).toBeLessThanOrEqual(50),
)

test('a line is split where the cursor stands, with its time, and both parts make the same line again', () => {
  const [above, below] = splitAt(line, 8)!
  expect([above, below]).toEqual([
    { at: 1_000, to: 2_105, text: 'Pedimos' },
    { at: 2_105, to: 4_000, text: 'el contrato.' },
  ])
  expect(joined(above, below)).toEqual(line)
  expect(splitAt(line, 0)).toBeNull()
})

test('only a line that goes by faster than most people read says how fast', () => {
  expect(tooFast(line)).toBeNull()
  expect(tooFast({ ...line, to: 1_500 })).toBe(40)
})
