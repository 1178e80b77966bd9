/** The institution's settings: who may say them, what is refused, what is recorded, and what citizens see. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { InstitutionSettings, SettingsChange } from '@/domain/institution'
import type { Bootstrap } from '@/domain/rows'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { base64Png, makePng } from './pngFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const FIVE = {
  name: ' Instituto de Transparencia ',
  short_name: 'Transparencia',
  email: 'ayuda@instituto.example',
  transparency_unit: 'Unidad de Transparencia, planta baja',
  mail_from: 'avisos@instituto.example',
}
const LOGO = { header: base64Png(200, 96), icon: base64Png(192, 192) }

const settings = () => callAs(db, fx.admin, 'institution_settings') as Promise<InstitutionSettings>
const save = (p_expected_version: number, p_data: unknown, actor = fx.admin) =>
  callAs(db, actor, 'save_institution', { p_expected_version, p_data }) as Promise<InstitutionSettings>
const saveDays = (p_expected_version: number, days: unknown) =>
  callAs(db, fx.admin, 'save_holidays', {
    p_expected_version,
    p_days: JSON.stringify(days), // node-postgres would send an array as one of Postgres
  }) as Promise<InstitutionSettings>
const change = async (data: SettingsChange | Record<string, unknown>) =>
  save((await settings()).version, data)
const institution = async () => ((await callAs(db, anon, 'bootstrap')) as Bootstrap).institution
const forget = () => db.pool.query('delete from app.institution; delete from app.holidays')

describe('an institution that nobody configured', () => {
  beforeAll(() => forget())

  test('its settings are the defaults, and only its administrator is told to say the rest', async () => {
    const { version, data, holidays } = await settings()
    expect({ version, holidays }).toEqual({ version: 0, holidays: [] })
    expect(data).toMatchObject({ name: null, mail_from: null, phone: '', accent: '#5b3a8e', grace_hours: 48 })
    expect(await callAs(db, fx.admin, 'staff_me')).toMatchObject({ needs_setup: true })
    expect(await callAs(db, fx.coordinator, 'staff_me')).toMatchObject({ needs_setup: false })
  })

  test.each(Object.keys(FIVE))('without %s it is not saved', async (key) => {
    const { [key as 'name']: _, ...rest } = FIVE
    expect(await fx.outcome(save(0, rest))).toBe('PT422 text_required')
  })

  test('rest days wait until it has a name', async () =>
    expect(await fx.outcome(saveDays(0, []))).toBe('PT409 conflict'))

  test('five answers configure it, and the official days of two years come with them', async () => {
    await fx.setClock(db, '2026-12-02T10:00:00-06:00')
    const { version, data, holidays } = await save(0, FIVE)
    expect(version).toBe(1)
    expect(data).toMatchObject({ ...FIVE, name: 'Instituto de Transparencia', address: '' })
    expect(holidays.map(({ day }) => day).filter((day) => day.endsWith('-09-16'))).toEqual([
      '2026-09-16',
      '2027-09-16',
    ])
    expect(await callAs(db, fx.admin, 'staff_me')).toMatchObject({ needs_setup: false })
    expect(await institution()).toMatchObject({
      name: 'Instituto de Transparencia',
      demo_label: null,
      contact: { email: 'ayuda@instituto.example', phone: '' },
      transparency_unit: 'Unidad de Transparencia, planta baja',
    })
    expect(Object.keys(await institution())).not.toContain('logo')
  })

  test('the public document holds the same keys for older phones before and after', async () => {
    const after = Object.keys(await institution())
    await forget()
    for (const key of Object.keys(await institution())) expect(after).toContain(key)
    await save(0, FIVE)
  })
})

describe('saving', () => {
  test.each([
    ['a name of a blank of Braille', { name: '\u2800' }, 'PT422 text_required'],
    ['a short name of 41 characters', { short_name: 'x'.repeat(41) }, 'PT422 text_too_long'],
    ['an invalid sender', { mail_from: 'avisos@' }, 'PT422 email_invalid'],
    ['no contact', { email: ' ' }, 'PT422 text_required'],
    ['a colour by name', { accent: 'purple' }, 'PT422 accent_invalid'],
    ['a colour that is no text', { accent: 7 }, 'PT422 accent_invalid'],
    ['eight days of grace', { grace_hours: 192 }, 'PT422 number_invalid'],
    ['a number as a name', { name: 7 }, 'PT422 malformed_op'],
    ['an unknown setting', { demo_label: null }, 'PT400 malformed_op'],
    ['no object', 'x', 'PT400 malformed_op'],
    ['a help text of 500 characters', { help_text: 'a'.repeat(500) }, 'ok'],
  ])('%s is answered with its outcome', async (_, data, expected) => {
    const { version } = await settings()
    const sent = typeof data === 'string' ? JSON.stringify(data) : data
    expect(await fx.outcome(save(version, sent))).toBe(expected)
  })

  test('a setting that is not named keeps its value', async () => {
    await change({ phone: '722 000 0000' })
    const { data } = await change({ hours: 'De 9:00 a 18:00' })
    expect(data).toMatchObject({ phone: '722 000 0000', hours: 'De 9:00 a 18:00' })
  })

  test('of two administrators who save at once the second learns of the first', async () => {
    const { version } = await settings()
    const other = await fx.addStaff(db, 'admin')
    const both = await Promise.all([
      fx.outcome(save(version, { phone: '1' })),
      fx.outcome(save(version, { phone: '2' }, other)),
    ])
    expect(both.sort()).toEqual(['PT409 conflict', 'ok'])
  })

  test('each change is recorded with who made it, what was and what is, and nobody rewrites it', async () => {
    await change({ help_text: 'Antes' })
    const { history, version } = await change({ help_text: 'Después' })
    expect(history[0]).toMatchObject({
      actor: 'Administración de ejemplo',
      changes: { help_text: ['Antes', 'Después'] },
    })
    expect((await save(version, { help_text: 'Después' })).history).toHaveLength(history.length)
    for (const sql of ['delete from app.institution_events', 'truncate app.institution_events'])
      expect(await fx.outcome(db.pool.query(sql))).toBe('55000')
  })

  test('an administrator of one convocatoria, inserted by hand, cannot read or save', async () => {
    const partial = await fx.addStaff(db, 'admin', { convocatoria: fx.OPEN })
    expect(await fx.outcome(callAs(db, partial, 'institution_settings'))).toBe('PT403 not_allowed')
    expect(await fx.outcome(save(1, {}, partial))).toBe('PT403 not_allowed')
  })
})

describe('what depends on the settings', () => {
  test('letters come from the address that the institution said, under its short name', async () => {
    await change({ short_name: 'Corto', mail_from: 'buzon@instituto.example' })
    await db.pool.query(`select app.queue_mail('ana@correo.mx', 'Hola', 'Texto', app.now())`)
    const letters = (await callAs(db, service, 'take_mail', { p_limit: 100 })) as {
      to: string
      from: object
    }[]
    expect(letters.find(({ to }) => to === 'ana@correo.mx')!.from).toEqual({
      name: 'Corto',
      address: 'buzon@instituto.example',
    })
  })

  test('a new campaign has the grace of the settings, and an older one keeps its own', async () => {
    const graceOf = async (id: string) =>
      (
        await db.pool.query<{ hours: number }>(
          'select (extract(epoch from grace) / 3600)::int as hours from app.convocatorias where id = $1',
          [id],
        )
      ).rows[0]!.hours
    await change({ grace_hours: 24 })
    const id = crypto.randomUUID()
    await callAs(db, fx.admin, 'create_convocatoria', { p_id: id, p_kind: 'propuestas' })
    expect([await graceOf(id), await graceOf(fx.OPEN)]).toEqual([24, 48])
  })
})

describe('the logo', () => {
  const broken = makePng(200, 96)
  const cases: [string, unknown, string][] = [
    ['the two files', LOGO, 'ok'],
    ['no logo', null, 'ok'],
    ['a file alone', { header: LOGO.header }, 'PT422 logo_invalid'],
    [
      'an SVG',
      { ...LOGO, header: Buffer.from('<svg onload="x()"/>').toString('base64') },
      'PT422 logo_invalid',
    ],
    ['no base64', { ...LOGO, header: '¿?' }, 'PT422 logo_invalid'],
    ['a header 97 px high', { ...LOGO, header: base64Png(200, 97) }, 'PT422 logo_invalid'],
    ['a header 481 px wide', { ...LOGO, header: base64Png(481, 96) }, 'PT422 logo_invalid'],
    ['an icon of 512 px', { ...LOGO, icon: base64Png(512, 512) }, 'PT422 logo_invalid'],
    [
      'a PNG that is cut short',
      { ...LOGO, header: broken.subarray(0, -6).toString('base64') },
      'PT422 logo_invalid',
    ],
    [
      'a PNG with a page behind it',
      { ...LOGO, header: Buffer.concat([broken, Buffer.from('<script>')]).toString('base64') },
      'PT422 logo_invalid',
    ],
    ['a text', 'x', 'PT422 logo_invalid'],
  ]
  test('a place, a program or a screen that a file names beside its picture is not kept', async () => {
    const told = {
      tEXt: 'Author\0Ana',
      eXIf: '+19.28-099.65',
      iCCP: 'Pantalla',
      gAMA: 'x'.repeat(300),
      fdAT: 'otra',
    }
    const logo = { header: makePng(200, 96, told).toString('base64'), icon: base64Png(64, 64) }
    await change({ logo })
    const kept = (await callAs(db, anon, 'institution_logo')) as { header: string; icon: string }
    expect(kept.header).toBe(base64Png(200, 96))
    expect(kept.icon).toBe(logo.icon)
  })

  test.each(cases)('%s is answered with its outcome', async (_, logo, expected) =>
    expect(await fx.outcome(change({ logo }))).toBe(expected),
  )

  test('citizens get the bytes that were saved, under the name and size that the public document says', async () => {
    await change({ logo: LOGO })
    const { logo } = await institution()
    expect(logo).toMatchObject({ width: 200, height: 96 })
    expect(await callAs(db, anon, 'institution_logo')).toEqual({ ...LOGO, hash: logo!.hash })
    const { history } = await change({ logo: null })
    expect(history[0]!.changes).toEqual({ logo: [logo!.hash, null] })
    expect(await callAs(db, anon, 'institution_logo')).toBeNull()
  })
})

describe('the working calendar', () => {
  const days = async (list: unknown) => saveDays((await settings()).version, list)

  test.each([
    ['no list', {}, 'PT422 malformed_op'],
    ['a day that does not exist', [{ day: '2027-02-30', name: 'x' }], 'PT422 date_invalid'],
    ['a day without a name', [{ day: '2027-02-01', name: ' ' }], 'PT422 text_required'],
    [
      'a day twice',
      [
        { day: '2027-02-01', name: 'a' },
        { day: '2027-02-01', name: 'b' },
      ],
      'PT422 holiday_twice',
    ],
    [
      '401 days',
      Array.from({ length: 401 }, (_, n) => ({ day: `${2000 + n}-01-01`, name: 'a' })),
      'PT422 list_too_long',
    ],
    ['an empty calendar', [], 'ok'],
  ])('%s is answered with its outcome', async (_, list, expected) =>
    expect(await fx.outcome(days(list))).toBe(expected),
  )

  test('a deadline in business days jumps over a day of the calendar, and the change is recorded', async () => {
    const deadline = async () =>
      (
        await db.pool.query<{ day: string }>(
          `select app.local_day(app.business_deadline('2027-03-12T12:00:00-06:00', 1))::text as day`,
        )
      ).rows[0]!.day
    await days([])
    expect(await deadline()).toBe('2027-03-15') // a Monday
    const { history } = await days([{ day: '2027-03-15', name: 'Natalicio de Benito Juárez' }])
    expect(await deadline()).toBe('2027-03-16')
    expect(history[0]!.changes['holidays']).toEqual([
      [],
      [{ day: '2027-03-15', name: 'Natalicio de Benito Juárez' }],
    ])
  })
})

/** As the calendars of obligatory rest printed them. */
const OFFICIAL: [number, string[]][] = [
  [2006, ['01-01', '02-06', '03-20', '05-01', '09-16', '11-20', '12-01', '12-25']],
  [2018, ['01-01', '02-05', '03-19', '05-01', '09-16', '11-19', '12-01', '12-25']],
  [2021, ['01-01', '02-01', '03-15', '05-01', '09-16', '11-15', '12-25']],
  [2024, ['01-01', '02-05', '03-18', '05-01', '09-16', '10-01', '11-18', '12-25']],
  [2025, ['01-01', '02-03', '03-17', '05-01', '09-16', '11-17', '12-25']],
  [2026, ['01-01', '02-02', '03-16', '05-01', '09-16', '11-16', '12-25']],
  [2027, ['01-01', '02-01', '03-15', '05-01', '09-16', '11-15', '12-25']],
  [2030, ['01-01', '02-04', '03-18', '05-01', '09-16', '10-01', '11-18', '12-25']],
  [2036, ['01-01', '02-04', '03-17', '05-01', '09-16', '10-01', '11-17', '12-25']],
]
test.each(OFFICIAL)('the official rest days of %i are those of the law', async (year, expected) => {
  const { rows } = await db.pool.query<{ day: string }>(
    'select day::text as day from app.official_rest_days($1) order by day',
    [year],
  )
  expect(rows.map(({ day }) => day)).toEqual(expected.map((day) => `${year}-${day}`))
})

test('the settings offer the official days of this year and the next two', async () => {
  await fx.setClock(db, '2026-12-31T23:30:00-06:00')
  const years = new Set((await settings()).official.map(({ day }) => day.slice(0, 4)))
  expect([...years]).toEqual(['2026', '2027', '2028'])
})
