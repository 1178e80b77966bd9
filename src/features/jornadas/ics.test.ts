import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CalendarEvent, formatIcs } from './ics'

const jornada = {
  id: '00000000-0000-4000-8000-0000000b3101',
  on_day: '2026-12-08',
  starts_at: '2026-12-08T10:00:00-06:00',
  ends_at: '2026-12-08T12:00:00-06:00',
  place: 'Auditorio de ejemplo, Toluca; planta baja',
  sequence: 2,
}
const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  jornada,
  summary: 'Primera Jornada',
  description: 'Ponente de ejemplo 1\nLleve su pase.',
  host: 'participa.example',
  now: new Date('2026-11-25T04:00:00.123Z'),
  isCancelled: false,
  ...change,
})

test('a calendar file holds every property, with times in UTC', () => {
  expect(formatIcs(event())).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//participa.example//Convoca//ES',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:00000000-0000-4000-8000-0000000b3101@participa.example',
      'SEQUENCE:2',
      'DTSTAMP:20261125T040000Z',
      'DTSTART:20261208T160000Z',
      'DTEND:20261208T180000Z',
      'SUMMARY:Primera Jornada',
      'DESCRIPTION:Ponente de ejemplo 1\\nLleve su pase.',
      'LOCATION:Auditorio de ejemplo\\, Toluca\\; planta baja',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )
})

test('a cancellation has the UID of the event, the status CANCELLED and a higher SEQUENCE', () => {
  const cancelled = formatIcs(event({ isCancelled: true }))
  expect(cancelled).toContain('METHOD:CANCEL\r\n')
  expect(cancelled).toContain('STATUS:CANCELLED\r\n')
  expect(cancelled).toContain('SEQUENCE:3\r\n')
  expect(cancelled).toContain(`UID:${jornada.id}@participa.example\r\n`)
})

test('a day without an hour is a whole-day event, and an unknown end or place is left out', () => {
  const day = formatIcs(event({ jornada: { ...jornada, starts_at: null, ends_at: null, place: null } }))
  expect(day).toContain('DTSTART;VALUE=DATE:20261208\r\n')
  expect(day).not.toMatch(/DTEND|LOCATION/u)
  expect(formatIcs(event({ jornada: { ...jornada, ends_at: null } }))).not.toContain('DTEND')
})

test('a day whose date is to be confirmed has no calendar file', () =>
  expect(
    formatIcs(event({ jornada: { ...jornada, on_day: null, starts_at: null, ends_at: null } })),
  ).toBeNull())

test('backslashes are escaped first, and a line break in a text cannot start another property', () => {
  expect(formatIcs(event({ summary: 'a\\b,c\r\nATTENDEE:x' }))).toContain(
    'SUMMARY:a\\\\b\\,c\\nATTENDEE:x\r\n',
  )
})

test('any text folds into lines of at most 75 octets that unfold to the same text', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
      const file = formatIcs(event({ summary }))!
      for (const line of file.split('\r\n'))
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      const unfolded = file.replaceAll('\r\n ', '')
      const escaped = summary.replace(/[\\;,]/gu, '\\$&').replace(/\r\n|\r|\n/gu, '\\n')
      expect(unfolded.split('\r\n')).toContain(`SUMMARY:${escaped}`)
    }),
  ))
