import { afterEach, expect, test, vi } from 'vitest'
import { formatDateTime, formatDay, remaining } from './dates'
import { formatDayOrPending, formatShortDay, fromNow } from './shortDates'

const closing = '2021-11-12T23:59:00-06:00'
const now = (iso: string) => new Date(iso)

test('an instant is formatted with day and hour in the time of central Mexico', () => {
  expect(formatDateTime(closing)).toBe('viernes 12 de noviembre de 2021, 23:59')
})

test('midnight is formatted as 00:00', () => {
  expect(formatDateTime('2021-11-13T06:00:00Z')).toBe('sábado 13 de noviembre de 2021, 00:00')
})

test('a day without an hour is the same day in every time zone', () => {
  expect(formatDay('2021-11-17')).toBe('miércoles 17 de noviembre de 2021')
  expect(formatShortDay('2021-11-17')).toBe('17 nov 2021')
  expect(formatDayOrPending('2021-11-17')).toBe('miércoles 17 de noviembre de 2021')
})

test('every weekday and every month has the name that the browser gives it', () => {
  const words = new Intl.DateTimeFormat('es-MX', { dateStyle: 'full', timeZone: 'UTC' })
  for (let day = 0; day < 366; day += 13) {
    const noon = new Date(Date.UTC(2026, 0, 1 + day, 18))
    expect(formatDay(noon)).toBe(words.format(noon).replace(',', ''))
  }
})

test('a missing date is formatted as «fecha por confirmar»', () => {
  expect(formatDayOrPending(null)).toBe('fecha por confirmar')
})

test.each([
  ['two days before', '2021-11-10T12:00:00-06:00', 'faltan 2 días'],
  ['one day before', '2021-11-11T08:00:00-06:00', 'falta 1 día'],
  ['less than a day before', '2021-11-12T10:00:00-06:00', 'faltan 13 horas'],
  ['an hour before', '2021-11-12T22:30:00-06:00', 'falta 1 hora'],
  ['minutes before', '2021-11-12T23:30:00-06:00', 'faltan 29 minutos'],
  ['seconds before', '2021-11-12T23:58:30-06:00', 'falta menos de un minuto'],
])('the remaining time %s the closing, at %s, is «%s»', (_, at, words) =>
  expect(remaining(closing, now(at))).toBe(words),
)

test.each([
  ['2021-11-12T23:54:00-06:00', 'dentro de 5 minutos'],
  ['2021-11-13T00:04:00-06:00', 'ayer'],
  ['2021-11-15T12:00:00-06:00', 'hace 3 días'],
])('seen at %s, the closing is «%s»', (at, words) => expect(fromNow(closing, now(at))).toBe(words))

afterEach(() => vi.unstubAllGlobals())

test('a phone with time-zone tables from before October 2022 shows the right hour of a summer day', async () => {
  const { DateTimeFormat } = Intl
  class OldTables extends DateTimeFormat {
    constructor(locale?: string, options: Intl.DateTimeFormatOptions = {}) {
      const isMexico = options.timeZone === 'America/Mexico_City'
      super(locale, isMexico ? { ...options, timeZone: 'America/Chicago' } : options) // a zone with summer time
    }
  }
  vi.stubGlobal('Intl', Object.assign(Object.create(Intl), { DateTimeFormat: OldTables }))
  vi.resetModules()
  const old = { ...(await import('./dates')), ...(await import('./shortDates')) }
  expect(old.formatDateTime('2026-07-01T23:30:00-06:00')).toBe('miércoles 1 de julio de 2026, 23:30')
  expect(old.formatHour('2026-07-01T09:40:00-06:00')).toBe('9:40')
  expect(old.isToday('2026-07-01', new Date('2026-07-01T23:30:00-06:00'))).toBe(true)
})
