/** Checks the words of each code. Types (`satisfies Record<…>`) already prove that every code has words. */
import { expect, test } from 'vitest'
import faults from '@/i18n/es-MX/faults.json'
import videos from '@/i18n/es-MX/videos.json'
import { material } from './testing/material'
import { detailsOf } from './details'
import { TROUBLES, troubleWords } from './film/trouble'
import { stageOf, REASONS, reasonWords } from './transferWords'

const words: Readonly<Record<string, string>> = videos
const limits = detailsOf(material.convocatoria)
const codes = Object.keys(REASONS) as (keyof typeof REASONS)[]
const troubles = Object.keys(TROUBLES)

test.each(codes)('the reason %s of a transfer has its own sentence', (code) => {
  expect(words[REASONS[code]]).toMatch(/^\p{Lu}.{30,}\.$/u)
  expect(reasonWords(code)).toBe(words[REASONS[code]])
})

test.each(troubles)('the words for a file refused with %s say what to do', (code) => {
  expect(troubleWords(code, limits)).toMatch(/^\p{Lu}[^{}]{10,}[.:] [^{}]+\.$/u)
})

test('all reasons of transfers and files have different words, and none has the general ones', () => {
  const texts = [...codes.map(reasonWords), ...troubles.map((code) => troubleWords(code, limits))]
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts).not.toContain(faults.unknown)
})

test('any other refusal of a video has the words of all refusals', () => {
  expect(reasonWords('submission_unknown')).toMatch(/folio/u)
  expect(troubleWords('media_type_unsupported', limits)).toMatch(/MP4/u)
  expect(troubleWords('storage_closed', limits)).toBe(faults.storage_closed)
})

test.each(codes)('a transfer stopped by %s offers «try again» exactly when its words ask for it', (code) => {
  const { retryable } = stageOf({ state: 'needs_person', reason: code }, null)
  const isForNew = /en uno nuevo|en un envío nuevo/u.test(reasonWords(code))
  expect(retryable).toBe(!isForNew)
  if (reasonWords(code).includes('«Intentar otra vez»')) expect(retryable).toBe(true)
})
