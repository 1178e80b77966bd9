import { expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { ownDataDocument } from './ownData'

const row = { id: 's1', folio: 'PR-2026-000001-5' } as SubmissionRow
const at = new Date('2026-11-28T12:00:00Z')

test('«Mis datos» carries the label of a demonstration', () => {
  expect(JSON.parse(ownDataDocument(row, { comments: [] }, 'Demostración: texto sin validez', at))).toEqual({
    format: 'convoca.submission',
    version: 1,
    label: 'Demostración: texto sin validez',
    exported_at: '2026-11-28T12:00:00.000Z',
    submission: row,
    besides: { comments: [] },
  })
})

test('«Mis datos» of a real campaign has no label', () => {
  expect(JSON.parse(ownDataDocument(row, null, null, at))).not.toHaveProperty('label')
})
