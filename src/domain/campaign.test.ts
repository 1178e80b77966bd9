import { expect, test } from 'vitest'
import { phaseOf, refuseWindow } from './campaign'

const window = {
  opens_at: '2021-11-04T00:00:00-06:00',
  closes_at: '2021-11-13T00:00:00-06:00',
  received_until: '2021-11-15T00:00:00-06:00',
}

test.each([
  ['a millisecond before opening', '2021-11-04T05:59:59.999Z', 'coming', 'convocatoria_not_open'],
  ['the opening', '2021-11-04T06:00:00.000Z', 'open', null],
  ['the last open millisecond', '2021-11-13T05:59:59.999Z', 'open', null],
  ['the closing', '2021-11-13T06:00:00.000Z', 'grace', null],
  ['the last millisecond of grace', '2021-11-15T05:59:59.999Z', 'grace', null],
  ['the end of grace', '2021-11-15T06:00:00.000Z', 'closed', 'convocatoria_closed'],
])('the phase of a campaign and its refusal at %s', (_, instant, phase, refusal) => {
  expect(phaseOf(window, new Date(instant))).toBe(phase)
  expect(refuseWindow(window, new Date(instant))).toBe(refusal)
})

const paused = {
  from: '2021-11-06T12:00:00-06:00',
  until: '2021-11-08T09:00:00-06:00',
  received_until: '2021-11-08T12:00:00-06:00',
  reason: 'Corregimos el aviso.',
}
test.each([
  ['before the pause', '2021-11-06T17:59:59.999Z', 'open'],
  ['its beginning', '2021-11-06T18:00:00.000Z', 'paused'],
  ['its last millisecond', '2021-11-08T14:59:59.999Z', 'paused'],
  ['its end', '2021-11-08T15:00:00.000Z', 'open'],
])('a pause begins and ends by itself on a phone without signal: %s', (_, instant, phase) =>
  expect(phaseOf({ ...window, paused }, new Date(instant))).toBe(phase),
)

test('a pause without an end lasts until the closing, and refuses nothing', () => {
  const endless = { ...window, paused: { ...paused, until: null } }
  const last = new Date('2021-11-13T05:59:59.999Z')
  expect([phaseOf(endless, last), refuseWindow(endless, last)]).toEqual(['paused', null])
  expect(phaseOf(endless, new Date('2021-11-13T06:00:00.000Z'))).toBe('grace')
})
