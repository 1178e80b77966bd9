import { expect, test } from 'vitest'
import { headingOf } from './campaignHeading'

test.each([
  ['a short question', '¿Qué falta?', '¿Qué falta?'],
  ['a question longer than four lines of a phone', `¿${'a'.repeat(100)}?`, 'Consulta'],
  ['a question of two lines', '¿Qué falta?\n¿Y qué sobra?', 'Consulta'],
  ['no question, as in a card of before', undefined, 'Consulta'],
  ['an empty question, as in a draft', '', 'Consulta'],
])('a campaign with %s has the right heading', (_, question, heading) =>
  expect(headingOf({ title: 'Consulta', ...(question !== undefined && { question }) })).toBe(heading),
)
