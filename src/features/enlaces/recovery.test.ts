import { expect, test } from 'vitest'
import { itemFromLink } from './itemOf'
import { newSeed } from './recovery'

test('a seed is 128 bits in base64url without padding', () => {
  expect(newSeed()).toMatch(/^[\w-]{22}$/u)
  expect(newSeed()).not.toBe(newSeed())
})

test('a link whose row could not be read is kept all the same', () => {
  const link = {
    id: '0b0e7c0a-0000-4000-8000-000000000001',
    folio: 'VI-2026-000001-3',
    secret: '0123456789abcdef0123456789abcdef',
    convocatoria_title: 'Videos',
    received_at: '2026-11-05T10:00:00-06:00',
  }
  expect(itemFromLink(link)).toMatchObject({
    id: link.id,
    kind: 'videos',
    secret: link.secret,
    folio: link.folio,
  })
})
