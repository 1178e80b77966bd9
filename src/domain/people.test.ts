import { expect, test } from 'vitest'
import { refuseInvitation } from './people'

const sound = {
  name: 'Ana Prueba',
  email: 'ana@equipo.example',
  role: 'door',
  convocatoria: null,
  jornada: null,
} as const

test('a complete invitation is not refused', () => expect(refuseInvitation(sound)).toEqual([]))

test('all missing fields of an invitation are refused at once, in the order of the form', () => {
  expect(refuseInvitation({ ...sound, name: ' \u200b', email: '', role: null })).toEqual([
    { field: 'name', code: 'name_required' },
    { field: 'email', code: 'email_invalid' },
    { field: 'role', code: 'role_unknown' },
  ])
})

test.each([
  ['120 letters', 'a'.repeat(120), []],
  ['121 letters', 'a'.repeat(121), ['name_too_long']],
  ['two lines, which become one', 'Ana\nPrueba', []],
])('the refusals of a name of %s', (_, name, codes) =>
  expect(refuseInvitation({ ...sound, name }).map(({ code }) => code)).toEqual(codes),
)
