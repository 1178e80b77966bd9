/** The codes come from closed types (`satisfies Record<…>`): here the words of each are looked at. */
import { expect, test } from 'vitest'
import faults from '@/i18n/es-MX/faults.json'
import videos from '@/i18n/es-MX/videos.json'
import { material } from './testing/material'
import { detailsOf } from './details'
import { TROUBLES, troubleWords } from './steps/trouble'
import { momentOf, REASONS, reasonWords } from './transferWords'

const words: Readonly<Record<string, string>> = videos
const limits = detailsOf(material.convocatoria)
const codes = Object.keys(REASONS) as (keyof typeof REASONS)[]
const troubles = Object.keys(TROUBLES)

test.each(codes)('why a video waits or stopped, %s, has words of its own that end as a sentence', (code) => {
  expect(words[REASONS[code]]).toMatch(/^\p{Lu}.{30,}\.$/u)
  expect(reasonWords(code)).toBe(words[REASONS[code]])
})

test.each(troubles)('why a chosen file was not kept, %s, has words that say what to do', (code) => {
  expect(troubleWords(code, limits)).toMatch(/^\p{Lu}[^{}]{10,}[.:] [^{}]+\.$/u)
})

test('no two reasons say the same, and none says the general words', () => {
  const said = [...codes.map(reasonWords), ...troubles.map((code) => troubleWords(code, limits))]
  expect(new Set(said).size).toBe(said.length)
  expect(said).not.toContain(faults.unknown)
})

test('whatever else the server refuses of it speaks by the refusal’s words', () => {
  expect(reasonWords('submission_unknown')).toMatch(/folio/u)
  expect(troubleWords('media_type_unsupported', limits)).toMatch(/MP4/u)
  expect(troubleWords('storage_closed', limits)).toBe(faults.storage_closed)
})

test.each(codes)(
  'stopped by %s, «try again» is offered where the words ask for it and nowhere else',
  (code) => {
    const { mendable } = momentOf({ state: 'needs_person', reason: code }, null)
    const isForNew = /en uno nuevo|en un envío nuevo/u.test(reasonWords(code))
    expect(mendable).toBe(!isForNew)
    if (reasonWords(code).includes('«Intentar otra vez»')) expect(mendable).toBe(true)
  },
)
