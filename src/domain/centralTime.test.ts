import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { daysBetween, endOfDay, instantAt, localDay, localTime, startOfDay, toInstant } from './centralTime'

afterEach(() => vi.unstubAllEnvs())

/** Node's time-zone tables, which have the rule of every year. */
const tables = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/Mexico_City',
  dateStyle: 'short',
  timeStyle: 'short',
})
const anInstant = fc.date({
  min: new Date('1996-01-01T06:00:00Z'),
  max: new Date('2036-01-01T05:59:59Z'),
  noInvalidDate: true,
})

test('from 1996 to 2035 the clock equals that of the time-zone tables, at every hour and at random instants', () => {
  const shown = (at: Date) => `${localDay(at)} ${localTime(at)}`
  for (let hour = Date.UTC(1996, 0, 1, 6); hour < Date.UTC(2036, 0, 1, 6); hour += 3_600_000) {
    const at = new Date(hour)
    if (shown(at) !== tables.format(at)) expect(shown(at)).toBe(tables.format(at))
  }
  fc.assert(
    fc.property(anInstant, (at) => {
      expect(shown(at)).toBe(tables.format(at))
    }),
  )
})

test('before 1996 there was no summer time', () => expect(localTime('1995-07-01T16:00:00Z')).toBe('10:00'))

test.each([
  ['the last instant before summer time', '2022-04-03T07:59:59Z', '01:59'],
  ['the first instant of summer time', '2022-04-03T08:00:00Z', '03:00'],
  ['the last instant of the last summer time', '2022-10-30T06:59:59Z', '01:59'],
  ['the first instant after the last summer time', '2022-10-30T07:00:00Z', '01:00'],
  ['the first Sunday of April 2023', '2023-04-02T08:00:00Z', '02:00'],
  ['an instant before the summer time of 2001', '2001-04-15T16:00:00Z', '10:00'],
  ['the first instant of the summer time of 2001', '2001-05-06T08:00:00Z', '03:00'],
  ['the first instant after the summer time of 2001', '2001-09-30T07:00:00Z', '01:00'],
])('%s, %s, is %s in central Mexico', (_, instant, time) => expect(localTime(instant)).toBe(time))

test('a day and a time become an instant at which clocks show them', () =>
  fc.assert(
    fc.property(anInstant, (at) => {
      const back = instantAt(localDay(at), localTime(at))
      expect([localDay(back), localTime(back)]).toEqual([localDay(at), localTime(at)])
    }),
  ))

test('a repeated hour is its first occurrence, and a skipped hour is an hour later', () => {
  expect(instantAt('2022-10-30', '01:30')).toBe('2022-10-30T01:30:00-05:00')
  expect(localTime(instantAt('2022-04-03', '02:30'))).toBe('03:30')
})

describe.each(['America/Mexico_City', 'Asia/Tokyo', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
  'on a phone in %s',
  (zone) => {
    test('a time of central Mexico becomes an instant and back', () => {
      vi.stubEnv('TZ', zone)
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
      expect(localTime('2026-12-08T16:00:00Z')).toBe('10:00')
      for (const time of ['00:00', '00:30', '12:05', '23:59']) {
        expect(localTime(instantAt('2026-12-08', time))).toBe(time)
      }
    })

    test('an evening time of central Mexico becomes an instant of the next day in UTC', () => {
      vi.stubEnv('TZ', zone)
      expect(new Date(instantAt('2026-12-08', '23:30')).toISOString()).toBe('2026-12-09T05:30:00.000Z')
    })

    test('a day in July 2027 has no summer time', () => {
      vi.stubEnv('TZ', zone)
      expect(new Date(instantAt('2027-07-01', '10:00')).toISOString()).toBe('2027-07-01T16:00:00.000Z')
      expect(localTime('2027-07-01T16:00:00Z')).toBe('10:00')
    })
  },
)

test('a day begins and ends at midnight in central Mexico', () => {
  expect([localDay('2026-11-14T05:59:59Z'), localDay('2026-11-14T06:00:00Z')]).toEqual([
    '2026-11-13',
    '2026-11-14',
  ])
  expect([startOfDay('2026-11-14'), endOfDay('2026-11-14')]).toEqual([
    '2026-11-14T00:00:00-06:00',
    '2026-11-14T23:59:59-06:00',
  ])
})

test('the day of a day is itself, and its instant is noon', () => {
  expect(localDay('2026-11-14')).toBe('2026-11-14')
  expect(toInstant('2026-11-14').toISOString()).toBe('2026-11-14T18:00:00.000Z')
})

test.each([
  ['a minute before midnight in Mexico to the same day', '2026-11-23', '2026-11-24T05:59:00Z', 0],
  ['a minute after midnight in Mexico to the day before', '2026-11-23', '2026-11-24T06:01:00Z', -1],
  ['an instant to a day', '2026-11-26', '2026-11-23T12:00:00-06:00', 3],
  ['an instant to an instant', '2026-11-27T05:00:00Z', '2026-11-23T12:00:00-06:00', 3],
  ['one year to the next', '2027-01-01', '2026-12-30T12:00:00-06:00', 2],
])('the days from %s', (_, until, now, days) => expect(daysBetween(new Date(now), until)).toBe(days))

test('the app’s code never uses the phone’s time-zone tables', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  const product = files.filter((file) => /\.(?:ts|vue)$/u.test(file) && !file.endsWith('.test.ts'))
  const zones = product.flatMap((file) => [
    ...readFileSync(join('src', file), 'utf8').matchAll(/Mexico_City|timeZone: '(?!UTC')[^']*'/gu),
  ])
  expect(product.length).toBeGreaterThan(300)
  expect(zones).toEqual([])
})
