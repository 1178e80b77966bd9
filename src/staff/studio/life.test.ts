import { expect, test } from 'vitest'
import { actsOf, toldLines } from './life'

const WINDOW = {
  opens_at: '2026-11-05T00:00:00-06:00',
  closes_at: '2026-11-14T00:00:00-06:00',
  received_until: '2026-11-16T00:00:00-06:00',
}
const paused = { from: '2026-11-06T00:00:00-06:00', until: null, received_until: '', reason: 'x' }

test.each([
  ['before the opening', '2026-11-04', {}, []],
  ['while it is open', '2026-11-10', {}, ['pause', 'close', 'retire']],
  ['during a pause', '2026-11-10', { paused }, ['resume', 'pause', 'close', 'retire']],
  ['in the grace', '2026-11-15', {}, ['reopen', 'retire']],
  ['after it', '2026-11-20', { paused }, ['reopen', 'retire']],
])('what can be done to a public campaign %s', (_, day, more, acts) =>
  expect(actsOf({ retired: false }, { ...WINDOW, ...more }, new Date(`${day}T12:00:00-06:00`))).toEqual(acts),
)

test('a retired campaign can only be reopened', () =>
  expect(actsOf({ retired: true }, WINDOW, new Date('2026-11-10T12:00:00-06:00'))).toEqual(['reopen']))

test('a change says who reads it, who gets a letter, and that drafts show a new notice', () => {
  expect(toldLines({ byMail: 0 }).at(-1)).toMatch(/^Nadie recibe correo/u)
  expect(toldLines({ byMail: 1 }).at(-1)).toMatch(/^1 persona que participó y dejó correo/u)
  expect(toldLines({ byMail: 2, newNotice: true }).slice(-2)).toEqual([
    'Quien tenga un borrador leerá el aviso otra vez antes de enviar.',
    '2 personas que participaron y dejaron correo reciben una carta.',
  ])
})
