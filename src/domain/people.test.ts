import { expect, test } from 'vitest'
import { refuseInvitation, refusePassword } from './people'

const sound = {
  name: 'Ana Prueba',
  email: 'ana@equipo.example',
  role: 'door',
  convocatoria: null,
  jornada: null,
} as const

test('a sound invitation can be sent', () => expect(refuseInvitation(sound)).toEqual([]))

test('everything that is missing is told at once, in the order of the fields', () => {
  expect(refuseInvitation({ ...sound, name: ' \u200b', email: '', role: null })).toEqual([
    { field: 'name', code: 'name_required' },
    { field: 'email', code: 'email_invalid' },
    { field: 'role', code: 'role_unknown' },
  ])
})

test.each([
  ['a'.repeat(120), []],
  ['a'.repeat(121), ['name_too_long']],
  ['Ana\nPrueba', ['name_invalid']],
])('the name %#', (name, codes) =>
  expect(refuseInvitation({ ...sound, name }).map(({ code }) => code)).toEqual(codes),
)

test.each([
  ['once letras', 'password_too_short'],
  ['doce letras!', null],
  ['ñ'.repeat(36), null],
  ['ñ'.repeat(37), 'password_too_long'],
])('the password %s', (password, code) => expect(refusePassword(password)).toBe(code))
