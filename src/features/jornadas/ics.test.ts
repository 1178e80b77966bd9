import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import {
  type CalendarEvent,
  type CalendarFile,
  formatFeed,
  formatIcs,
} from '../../../supabase/functions/_shared/ics'

const jornada = {
  id: '00000000-0000-4000-8000-0000000b3101',
  on_day: '2026-12-08',
  starts_at: '2026-12-08T10:00:00-06:00',
  ends_at: '2026-12-08T12:00:00-06:00',
  place: 'Auditorio de ejemplo, Toluca; planta baja',
  sequence: 2,
}
const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  submission: 's1',
  version: 3,
  jornada,
  summary: 'Primera Jornada',
  description: 'Ponente de ejemplo 1\nLleve su pase.',
  isCancelled: false,
  ...change,
})
const file = (events = [event()], change: Partial<CalendarFile> = {}): string | null =>
  formatIcs({
    events,
    origin: 'https://participa.example',
    organiser: { name: 'Instituto de ejemplo', email: 'ayuda@instituto.example' },
    now: new Date('2026-11-25T04:00:00.123Z'),
    ...change,
  })
/** The events as a calendar's parser reads them; it throws at what is no RFC 5545. */
const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as never[])
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one))

test('a calendar file holds every property, with times in UTC', () => {
  expect(file()).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//participa.example//Convoca//ES',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:s1.00000000-0000-4000-8000-0000000b3101@participa.example',
      'SEQUENCE:5',
      'DTSTAMP:20261125T040000Z',
      'DTSTART:20261208T160000Z',
      'DTEND:20261208T180000Z',
      'SUMMARY:Primera Jornada',
      'DESCRIPTION:Ponente de ejemplo 1\\nLleve su pase.',
      'LOCATION:Auditorio de ejemplo\\, Toluca\\; planta baja',
      'URL:https://participa.example/envios/s1',
      'ORGANIZER;CN="Instituto de ejemplo":mailto:ayuda@instituto.example',
      'STATUS:CONFIRMED',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:Primera Jornada',
      'TRIGGER:-P1D',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )
})

test('a parser of calendars reads every property', () => {
  const [one] = read(file([event()], { organiser: { name: 'El "Instituto", S; ^ñ', email: 'a@b.mx' } })!)
  expect(one!.startDate.toJSDate()).toEqual(new Date('2026-12-08T16:00:00Z'))
  expect(one!.endDate.toJSDate()).toEqual(new Date('2026-12-08T18:00:00Z'))
  expect(one!.location).toBe(jornada.place)
  expect(one!.description).toBe('Ponente de ejemplo 1\nLleve su pase.')
  expect(one!.organizer).toBe('mailto:a@b.mx')
  expect(one!.component.getFirstProperty('organizer')!.getParameter('cn')).toBe('El "Instituto", S; ^ñ')
  expect(one!.component.getFirstSubcomponent('valarm')!.getFirstPropertyValue('trigger')!.toString()).toBe(
    '-P1D',
  )
})

test('a seat keeps its UID, and its SEQUENCE grows when the seat or the day changes', () => {
  const steps = [
    event(),
    event({ jornada: { ...jornada, sequence: 3 }, version: 4 }), // rescheduled
    event({ jornada: { ...jornada, sequence: 3 }, version: 5, isCancelled: true }),
    event({ jornada: { ...jornada, sequence: 3 }, version: 6 }), // registered again
    event({ jornada: { ...jornada, sequence: 4 }, version: 6 }), // rescheduled, before the registration's row arrives
    event({ jornada: { ...jornada, sequence: 4 }, version: 7, isCancelled: true }),
  ].map((one) => read(file([one])!)[0]!)
  expect(new Set(steps.map(({ uid }) => uid)).size).toBe(1)
  const sequences = steps.map(({ sequence }) => sequence)
  expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b))
})

test('seats of two people on one day have different UIDs', () => {
  const uids = read(file([event(), event({ submission: 's2' })])!).map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(2)
})

test('one file holds all days; it is a cancellation only when every day is', () => {
  const other = event({ jornada: { ...jornada, id: 'd2' }, isCancelled: true })
  const both = file([event(), other, event({ jornada: { ...jornada, id: 'd3', on_day: null } })])!
  expect(read(both).map(({ component }) => component.getFirstPropertyValue('status'))).toEqual([
    'CONFIRMED',
    'CANCELLED',
  ])
  expect(both).toContain('METHOD:PUBLISH\r\n')
  const cancelled = file([other])!
  expect(cancelled).toContain('METHOD:CANCEL\r\n')
  expect(cancelled).not.toContain('VALARM')
})

test('a day without an hour is a whole-day event, and an unknown end or place is left out', () => {
  const day = file([event({ jornada: { ...jornada, starts_at: null, ends_at: null, place: null } })])!
  expect(day).toContain('DTSTART;VALUE=DATE:20261208\r\n')
  expect(day).toContain('TRIGGER:-PT12H\r\n')
  expect(day).not.toMatch(/DTEND|LOCATION/u)
  expect(read(day)[0]!.startDate.isDate).toBe(true)
  expect(file([event({ jornada: { ...jornada, ends_at: null } })])).not.toContain('DTEND')
})

test('days whose date is to be confirmed have no calendar file', () =>
  expect(file([event({ jornada: { ...jornada, on_day: null, starts_at: null, ends_at: null } })])).toBeNull())

test('backslashes are escaped first, and a line break in a text cannot start another property', () => {
  expect(file([event({ summary: 'a\\b,c\r\nATTENDEE:x\v\u202ey' })])).toContain(
    'SUMMARY:a\\\\b\\,c\\nATTENDEE:x\\ny\r\n',
  )
})

test('any text folds into lines of at most 75 octets that a parser reads as the same text', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
      const text = file([event({ summary: `¿${summary}?` })])!
      for (const line of text.split('\r\n'))
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(read(text)[0]!.summary.normalize('NFC')).toBe(`¿${summary}?`.normalize('NFC'))
    }),
  ))

test('a feed without events is a calendar all the same, with its name and how often it is read', () => {
  const text = formatFeed({
    events: [],
    origin: 'https://participa.example',
    organiser: { name: 'Instituto de ejemplo', email: 'ayuda@instituto.example' },
    now: new Date('2026-11-25T04:00:00Z'),
    name: 'Jornadas; todas',
    description: 'Uno\nDos',
    page: '/c/jornadas',
  })
  const calendar = new ICAL.Component(ICAL.parse(text) as never[])
  expect(text).toContain('X-WR-CALNAME:Jornadas\\; todas\r\n')
  expect(calendar.getFirstPropertyValue('refresh-interval')!.toString()).toBe('PT4H')
  expect(text).toContain('METHOD:PUBLISH\r\n')
})
