import { expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { itemFromLink, itemFromRow } from './itemOf'
import { newSeed } from './recovery'

test('a seed is 128 bits in base64url without padding', () => {
  expect(newSeed()).toMatch(/^[\w-]{22}$/u)
  expect(newSeed()).not.toBe(newSeed())
})

const link = {
  id: '0b0e7c0a-0000-4000-8000-000000000001',
  folio: 'VI-2026-000001-3',
  secret: '0123456789abcdef0123456789abcdef',
  convocatoria_title: 'Videos',
  received_at: '2026-11-05T10:00:00-06:00',
}

test('a link whose row could not be read is kept all the same', () => {
  expect(itemFromLink(link)).toMatchObject({
    id: link.id,
    kind: 'videos',
    secret: link.secret,
    folio: link.folio,
  })
})

test('a link of a kind that only a newer version knows is kept under no other kind', () => {
  expect(itemFromLink({ ...link, folio: 'EN-2026-000001-3' })).toMatchObject({ kind: '', title: 'Videos' })
})

test('a submission found by its link is called as the one that was sent', () => {
  const row = { id: link.id, convocatoria_title: 'Consulta' } as SubmissionRow
  const titleOf = (kind: string, content: object) => itemFromRow({ ...row, kind, content }, link.secret).title
  expect(titleOf('propuestas', { body: 'Más árboles' })).toBe('Más árboles')
  expect(titleOf('videos', { title: 'Mi calle', summary: 'x' })).toBe('Mi calle')
  expect(titleOf('jornadas', { body_name: 'Ayuntamiento de Toluca' })).toBe('Ayuntamiento de Toluca')
  expect(titleOf('encuestas', { answer: 'Sí' })).toBe('Consulta')
})
