/** Which new passwords the app, the function accept-invitation and the embedded Auth refuse. */
import { expect, test } from 'vitest'
import { refusePassword } from '../../../supabase/functions/_shared/passwords'

const ABOUT = ['rosalba.quintanar@itaipuebla.example', 'Rosalba Quintanar', 'Instituto Poblano']

test.each([
  ['once letras', 'password_too_short'],
  ['cuatro palabras sin relación', null],
  ['grapa turquesa lámpara', null],
  ['xK9#mQ2$vL7p', null],
  [`${'lámpara grapa '.repeat(4)}turquesa`, null],
  [`${'lámpara grapa '.repeat(5)}turquesa`, 'password_too_long'],
  ['contraseña2024!', 'password_common'],
  ['P@ssw0rd1234!', 'password_common'],
  ['qwertyuiop123', 'password_common'],
  ['111111111111', 'password_common'],
  ['abcabcabcabc', 'password_common'],
  ['Transparencia 2026', 'password_common'],
  ['rosalba.quintanar', 'password_derived'],
  ['Quintanar-Rosalba1', 'password_derived'],
  ['itaipuebla2026', 'password_derived'],
])('the password «%s» has the refusal %s', (password, code) =>
  expect(refusePassword(password, ABOUT)).toBe(code),
)
