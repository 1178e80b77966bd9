import { expect, test } from 'vitest'
import messages from '@/i18n/es-MX/folio.json'
import { waitingWords } from './waitingWords'

test.each([
  ['server', 'waiting.server'],
  ['server_fault', 'waiting.server'],
  ['rate_limited', 'waiting.crowd'],
  ['not_ours', 'waiting.portal'],
] as const)('a pending op with code %s has the words %s, with and without background sync', (code, key) => {
  for (const wakes of [true, false]) expect(waitingWords(code, wakes)).toBe(messages[key])
})

test.each(['offline', null])(
  'a pending op with code %s is sent in the background only if the browser wakes the worker',
  (code) => {
    expect(waitingWords(code, true)).toBe(messages['waiting.background'])
    expect(waitingWords(code, false)).toBe(messages['waiting.open'])
  },
)
