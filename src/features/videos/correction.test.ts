import { expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import type { SubmissionState } from '@/domain/states'
import { correction, type CorrectionAnswers } from './correction'
import { kind } from './kind'
import { lacksTranscript } from './lacksTranscript'
import { material } from './testing/material'

const { convocatoria } = material
const content = {
  pillar: 'participacion',
  title: 'Mi calle',
  summary: 'Lo que cambió.',
  transcript: null,
  sector: 'estudiante',
  media: { id: 'm', status: 'verified' },
}
const whole: CorrectionAnswers = {
  pillar: 'participacion',
  title: ' Mi calle ',
  summary: 'Lo que cambió.',
  transcript: ' ',
}

test('reading sent content and sending it again gives the same texts, without the file', () => {
  const { pillar, title, summary, transcript } = content
  const payload = correction.toPayload(correction.read(content)!, convocatoria)
  expect(payload).toEqual({ pillar, title, summary, transcript })
  expect(correction.toPayload(correction.read({ ...payload })!, undefined)).toEqual(payload)
})

test('texts are sent trimmed, and an empty transcript as null', () => {
  expect(correction.toPayload(whole, convocatoria)).toMatchObject({ title: 'Mi calle', transcript: null })
})

test('a draft of a correction can be read, and other answers cannot', () => {
  expect(correction.read({ ...whole })).toEqual(whole)
  expect(correction.read({ body: 'x' })).toBeUndefined()
})

test.each<[string, Partial<CorrectionAnswers>, string[]]>([
  ['complete texts', {}, []],
  ['an unknown pillar', { pillar: 'magia' }, ['pillar: pillar_unknown']],
  ['no title', { title: ' ' }, ['title: title_required']],
  ['a summary of 301 characters', { summary: 'a'.repeat(301) }, ['summary: summary_too_long']],
  ['a transcript of 5,001 characters', { transcript: 'a'.repeat(5001) }, ['transcript: transcript_too_long']],
])('a correction with %s has the right problems', (_, patch, problems) => {
  const found = correction.findProblems({ ...whole, ...patch }, convocatoria)
  expect(found.map(({ field, code }) => `${field}: ${code}`)).toEqual(problems)
})

test('without the call on this phone only the server checks a correction’s pillar', () => {
  expect(correction.findProblems({ ...whole, pillar: 'magia' }, undefined)).toEqual([])
  expect(correction.findProblems({ ...whole, pillar: null }, undefined)).toHaveLength(1)
})

test('the copied text of a refused video contains title, summary and transcript', () => {
  expect(kind.textOf({ ...whole, transcript: 'Hola.' })).toBe(' Mi calle \n\nLo que cambió.\n\nHola.')
  expect(kind.textOf({})).toBe('')
})

test('a transcript can be added after review began and until the video is published, where there is none', () => {
  const row = (state: SubmissionState, transcript: string | null, voiceless?: true) =>
    ({ state, content: { ...content, transcript, voiceless } }) as unknown as SubmissionRow
  const open = (['received', 'in_review', 'accepted', 'published', 'rejected'] as const).filter((state) =>
    lacksTranscript(row(state, null)),
  )
  expect(open).toEqual(['in_review', 'accepted'])
  expect(lacksTranscript(row('accepted', 'Hola.'))).toBe(false)
  expect(lacksTranscript(row('accepted', null, true))).toBe(false) // nobody speaks in it
})
