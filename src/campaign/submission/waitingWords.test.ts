import { expect, test } from 'vitest'
import messages from '@/i18n/es-MX/folio.json'
import { waitingWords } from './waitingWords'

test.each([
  ['server', 'waiting.server'],
  ['server_fault', 'waiting.server'],
  ['rate_limited', 'waiting.crowd'],
  ['not_ours', 'waiting.portal'],
] as const)('an op that waits with %s says %s, whoever wakes the worker', (code, key) => {
  for (const wakes of [true, false]) expect(waitingWords(code, wakes)).toBe(messages[key])
})

test.each(['offline', null])(
  'one that waits for signal (%s) promises no more than the browser does',
  (code) => {
    expect(waitingWords(code, true)).toBe(messages['waiting.background'])
    expect(waitingWords(code, false)).toBe(messages['waiting.open'])
  },
)
