import { expect, test } from 'vitest'
import shell from '@/i18n/es-MX/shell.json'
import { cardOf } from './kindCards'

test('the landing names a campaign’s kind, or asks for an update of the app when the kind is unknown', () => {
  expect(cardOf('videos')).toMatchObject({ label: 'Videos', now: 'Ahora: recibimos videos' })
  expect(cardOf('encuestas').label).toBe(shell['kind.unknown'])
})
