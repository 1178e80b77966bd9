import { expect, test } from 'vitest'
import messages from '@/i18n/es-MX/folio.json'
import { waitingWords } from './waitingWords'

test.each([
  ['server', 'waiting.server'],
  ['server_fault', 'waiting.server'],
  ['rate_limited', 'waiting.crowd'],
  ['not_ours', 'waiting.portal'],
  ['offline', 'waiting.open'],
  [null, 'waiting.open'],
] as const)('an op that waits with %s says %s', (code, key) => {
  expect(waitingWords(code, {})).toBe(messages[key])
})
