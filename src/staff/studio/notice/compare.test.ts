import { expect, test } from 'vitest'
import type { NewNotice } from '@/domain/campaignDraft'
import { compareNotices } from './compare'

const notice = (change: Partial<NewNotice> = {}): NewNotice => ({
  title: 'Aviso',
  simplified: ['Uno.', 'Dos.'],
  full: [{ heading: 'Quién', paragraphs: ['El instituto guarda los datos un año.'] }],
  consents: [{ key: 'publish', text: 'Autorizo.', required: false, until: 'Un año.' }],
  ...change,
})
const textOf = (only: 'before' | 'after', parts: ReturnType<typeof compareNotices>) =>
  parts[0]!.runs.filter((run) => run.only === only).map(({ text }) => text.trim())

test('two equal versions have no part that differs', () => {
  expect(compareNotices(notice(), notice())).toEqual([])
})

test('a changed section shows only the words that changed', () => {
  const after = notice({
    full: [{ heading: 'Quién', paragraphs: ['El instituto guarda los datos dos años.'] }],
  })
  const parts = compareNotices(notice(), after)
  expect(parts.map(({ part, heading }) => [part, heading])).toEqual([['full', 'Quién']])
  expect([textOf('before', parts).join(' '), textOf('after', parts).join(' ')]).toEqual([
    'un año',
    'dos años',
  ])
})

test('added and dropped sections, and what a consent allows until when, are differences', () => {
  const after = notice({
    full: [{ heading: 'Otra', paragraphs: ['Nueva.'] }],
    consents: [{ key: 'publish', text: 'Autorizo.', required: true, until: 'Dos años.' }],
  })
  expect(compareNotices(notice(), after).map(({ part, heading }) => heading ?? part)).toEqual([
    'Otra',
    'Quién',
    'consents',
  ])
})
