import { expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { itemFromLink, itemFromRow } from './itemOf'
import { newSeed } from './recovery'

test('a seed has 22 base64url characters and is random', () => {
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

test('a recovered link whose row cannot be read becomes an item', () => {
  expect(itemFromLink(link)).toMatchObject({
    id: link.id,
    kind: 'videos',
    secret: link.secret,
    folio: link.folio,
  })
})

test('a recovered link of an unknown kind becomes an item without a kind', () => {
  expect(itemFromLink({ ...link, folio: 'EN-2026-000001-3' })).toMatchObject({ kind: '', title: 'Videos' })
})

test('a submission opened by its link has the same title as on the phone that sent it', () => {
  const row = { id: link.id, convocatoria_title: 'Consulta' } as SubmissionRow
  const titleOf = (kind: string, content: object) => itemFromRow({ ...row, kind, content }, link.secret).title
  expect(titleOf('propuestas', { body: 'Más árboles' })).toBe('Más árboles')
  expect(titleOf('videos', { title: 'Mi calle', summary: 'x' })).toBe('Mi calle')
  expect(titleOf('jornadas', { body_name: 'Ayuntamiento de Toluca' })).toBe('Ayuntamiento de Toluca')
  expect(titleOf('encuestas', { answer: 'Sí' })).toBe('Consulta')
})
