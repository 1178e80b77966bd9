import { expect, test } from 'vitest'
import { correction, type CorrectionAnswers } from './correction'
import { kind } from './kind'
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

test('what was sent comes back as it was, and never the file', () => {
  const { pillar, title, summary, transcript } = content
  const payload = correction.toPayload(correction.read(content)!, convocatoria)
  expect(payload).toEqual({ pillar, title, summary, transcript })
  expect(correction.toPayload(correction.read({ ...payload })!, undefined)).toEqual(payload)
})

test('what was written is sent without the spaces at its ends, and no transcript as none', () => {
  expect(correction.toPayload(whole, convocatoria)).toMatchObject({ title: 'Mi calle', transcript: null })
})

test('a draft of the page is read; one of another page is none', () => {
  expect(correction.read({ ...whole })).toEqual(whole)
  expect(correction.read({ body: 'x' })).toBeUndefined()
})

test.each<[string, Partial<CorrectionAnswers>, string[]]>([
  ['whole texts', {}, []],
  ['a pillar that is no longer there', { pillar: 'magia' }, ['pillar: pillar_unknown']],
  ['no title', { title: ' ' }, ['title: title_required']],
  ['a summary of 301', { summary: 'a'.repeat(301) }, ['summary: summary_too_long']],
  ['a transcript of 5,001', { transcript: 'a'.repeat(5001) }, ['transcript: transcript_too_long']],
])('%s', (_, patch, problems) => {
  const found = correction.findProblems({ ...whole, ...patch }, convocatoria)
  expect(found.map(({ field, code }) => `${field}: ${code}`)).toEqual(problems)
})

test('without the call on this phone its pillar is the server’s to look at', () => {
  expect(correction.findProblems({ ...whole, pillar: 'magia' }, undefined)).toEqual([])
  expect(correction.findProblems({ ...whole, pillar: null }, undefined)).toHaveLength(1)
})

test('who copies a text that was not taken gets all of it, not its title', () => {
  expect(kind.textOf({ ...whole, transcript: 'Hola.' })).toBe(' Mi calle \n\nLo que cambió.\n\nHola.')
  expect(kind.textOf({})).toBe('')
})
