import { expect, test } from 'vitest'
import { changeRows, changesOf, errorsOf, formOf, groupOf, requiredErrorsOf } from './settingsForm'
import { emptySettings, settingsOf } from './testing/settings'

const form = (change: Partial<ReturnType<typeof formOf>> = {}) => ({ ...formOf(settingsOf()), ...change })

test('a form without changes saves nothing, however its texts are spaced or its days ordered', () => {
  const days = [...settingsOf().holidays, { day: '2026-01-01', name: 'Año Nuevo' }]
  expect(changesOf(form({ name: ' Instituto de prueba ' }), form())).toEqual({ data: null, holidays: null })
  expect(changesOf(form({ holidays: days }), form({ holidays: days.toReversed() })).holidays).toBeNull()
})

test('only what changed is sent, with the hours as a number and the colour in small letters', () => {
  expect(changesOf(form({ grace_hours: '24', accent: '#ABCDEF', phone: '1' }), form()).data).toEqual({
    grace_hours: 24,
    accent: '#abcdef',
    phone: '1',
  })
})

test('a logo that is removed is sent as null, and one that stays is not sent', () => {
  const logo = { header: 'a', icon: 'b' }
  expect(changesOf(form(), form({ logo })).data).toEqual({ logo: null })
  expect(changesOf(form({ logo: { ...logo } }), form({ logo })).data).toBeNull()
})

test('an empty project asks for its five answers, each by its name', () => {
  const errors = requiredErrorsOf(formOf(emptySettings()))
  expect(errors.map(({ field }) => field)).toEqual([
    'name',
    'short_name',
    'email',
    'transparency_unit',
    'mail_from',
  ])
  expect(errors[0]!.message).toBe('Nombre de la institución: Falta este texto.')
})

test.each([
  [{ mail_from: 'avisos@' }, 'mail_from'],
  [{ accent: 'morado' }, 'accent'],
  [{ grace_hours: '169' }, 'grace_hours'],
  [{ grace_hours: '1.5' }, 'grace_hours'],
  [{ short_name: 'x'.repeat(41) }, 'short_name'],
])('%o is refused at its field', (change, field) =>
  expect(errorsOf(form(change)).map((error) => error.field)).toEqual([field]),
)

test('whoever compares two versions sees the settings and the days that differ', () => {
  const other = form({ phone: '722', holidays: [{ day: '2027-01-01', name: 'Año Nuevo' }] })
  expect(changeRows(form(), other).map(({ before, after }) => [before, after])).toEqual([
    ['(vacío)', '722'],
    ['Navidad', '(vacío)'],
    ['(vacío)', 'Año Nuevo'],
  ])
})

test.each([
  ['phone', 'contact'],
  ['logo', 'identity'],
  ['holiday-3', 'calendar'],
  ['holidays', 'calendar'],
  ['grace_hours', 'limits'],
] as const)('the field %s stands in the part %s', (field, group) => expect(groupOf(field)).toBe(group))
