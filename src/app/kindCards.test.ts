import { expect, test } from 'vitest'
import shell from '@/i18n/es-MX/shell.json'
import { cardOf } from './kindCards'

test('the landing names the kind of a campaign, and of an unknown one says that the app must be updated', () => {
  expect(cardOf('videos')).toMatchObject({ icon: 'video', label: 'Videos' })
  expect(cardOf('encuestas').label).toBe(shell['kind.unknown'])
})
