import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { findProblems } from '@/campaign/form/campaignForm'
import { problemFromServer } from '@/campaign/form/checks'
import { currentStep, stepsFor } from '@/campaign/form/steps'
import { DURING } from '@/campaign/testing/material'
import { stageMedia } from '@/media/store'
import { emptyAnswers, readAnswers, type Answers } from './answers'
import { duration, factsLine, megabytes } from './facts'
import { videoForm } from './form'
import { kind } from './kind'
import { material, completeAnswers } from './testing/material'
import { stageOf } from './transferWords'

const problemsOf = (patch: Partial<Answers>) =>
  findProblems(videoForm, { ...completeAnswers(), ...patch }, material, DURING).map(
    ({ field, code }) => `${field}: ${code}`,
  )
const media = completeAnswers().media!

test('an empty draft of a video has a problem for each required field, in the order of the form', () => {
  expect(findProblems(videoForm, emptyAnswers(), material, DURING).map(({ field }) => field)).toEqual([
    'notice',
    'media',
    'pillar',
    'title',
    'summary',
    'naming',
    'consents',
  ])
})

test.each<[string, Partial<Answers>, string[]]>([
  ['all fields', {}, []],
  ['an unknown pillar', { pillar: 'magia' }, ['pillar: pillar_unknown']],
  ['no video', { media: null }, ['media: media_required']],
  ['a video that is too short', { media: { ...media, duration_ms: 14_999 } }, ['media: media_too_short']],
  ['a video that is too large', { media: { ...media, bytes: 300_000_001 } }, ['media: media_too_large']],
  ['a title of 81 characters', { title: 'a'.repeat(81) }, ['title: title_too_long']],
  ['a summary of spaces', { summary: '  ' }, ['summary: summary_required']],
  ['a summary of 301 characters', { summary: 'a'.repeat(301) }, ['summary: summary_too_long']],
  ['a transcript of 5,001 characters', { transcript: 'a'.repeat(5001) }, ['transcript: transcript_too_long']],
  ['no poster', { poster: null }, []],
])('answers with %s have the right problems', (_, patch, problems) =>
  expect(problemsOf(patch)).toEqual(problems),
)

test('every field of a video belongs to a step of the form', () => {
  for (const step of Object.values(videoForm.stepOf)) expect(videoForm.steps).toContain(step)
})

test('a video takes six steps wherever it began, and a draft left at the pillar or the name opens where that is asked now', () => {
  const path = (answers: Answers) => stepsFor(videoForm, answers, material)
  const SIX = ['aviso', 'video', 'texto', 'sobre-ti', 'permisos', 'revisa']
  expect([completeAnswers(), emptyAnswers(), emptyAnswers({ pilar: 'participacion' })].map(path)).toEqual([
    SIX,
    SIX,
    SIX,
  ])
  expect(['pilar', 'nombre', 'correo', 'ayuda'].map((step) => currentStep(videoForm, step))).toEqual([
    'texto',
    'sobre-ti',
    'sobre-ti',
    null,
  ])
})

describe('stored answers', () => {
  test('the answers in a draft of a video are read unchanged', () => {
    expect(readAnswers(JSON.parse(JSON.stringify(completeAnswers())))).toEqual(completeAnswers())
  })

  test('a refused payload of a video is read and sent as the same payload', () => {
    const payload = videoForm.toPayload(completeAnswers(), material, DURING)
    expect(payload).toMatchObject({ media, title: 'Mi calle', transcript: null, municipality: '15060' })
    const again = readAnswers(JSON.parse(JSON.stringify(payload)))
    expect(videoForm.toPayload(again, material, DURING)).toEqual(payload)
  })

  test('an incomplete description of a file is read as no video', () => {
    expect(readAnswers({ media: { id: media.id, bytes: 4 } }).media).toBeNull()
    expect(readAnswers({ media: 'x', title: 7, pillar: {} })).toEqual(emptyAnswers())
  })
})

test('a draft whose video is not on this phone loses its description before it is sent', async () => {
  const answers = completeAnswers()
  expect(await videoForm.clearMissing!('s1', emptyAnswers())).toBeNull()
  expect(await videoForm.clearMissing!('s1', answers)).toEqual({ media: null, poster: null })
  const file = new Blob(['bytes'])
  await stageMedia({ id: media.id, submissionId: 's1', file, mime: media.mime })
  expect(await videoForm.clearMissing!('s1', answers)).toBeNull()
})

test('the title of a video in lists is its title, otherwise its summary', () => {
  expect(kind.titleOf({ title: 'Mi calle', summary: 'x' })).toBe('Mi calle')
  expect(kind.titleOf({ summary: 'x' })).toBe('x')
  expect(kind.titleOf({})).toBe('')
})

test.each([
  ['media_too_long', 'media', 'media'],
  ['media_hash_invalid', 'media', 'media'],
  ['malformed_op', 'media', 'media'],
  ['pillar_unknown', 'pillar', 'pillar'],
  ['body_invalid', 'summary', 'summary'],
  ['convocatoria_closed', undefined, 'window'],
])('the refusal %s of field %s of a video is shown at %s', (code, field, expected) => {
  expect(problemFromServer(videoForm, code, field)).toEqual({ code, field: expected })
})

test('sizes and durations are written with their units', () => {
  expect(megabytes(1_234_567)).toBe('1.2\u00a0MB')
  expect(megabytes(10)).toBe('0.1\u00a0MB')
  expect(megabytes(143_400_000)).toBe('143\u00a0MB')
  expect(megabytes(0)).toBe('0\u00a0MB')
  expect([duration(48_000), duration(120_000), duration(65_400)]).toEqual([
    '48\u00a0s',
    '2\u00a0min',
    '1\u00a0min 5\u00a0s',
  ])
  expect(factsLine(media)).toBe('12\u00a0MB · 1\u00a0min 5\u00a0s · MP4')
})

test('the server’s status of a file takes precedence over this phone’s', () => {
  const sending = { state: 'sending', reason: null } as const
  expect(stageOf(sending, { status: 'awaiting_upload' }).name).toBe('sending')
  expect(stageOf(sending, null).name).toBe('sending')
  expect(stageOf(null, { status: 'awaiting_upload' }).name).toBe('elsewhere')
  expect(stageOf(null, { status: 'verified' }).name).toBe('verified')
  expect(stageOf({ state: 'uploaded', reason: null }, { status: 'mismatch' }).name).toBe('mismatch')
  expect(stageOf({ state: 'needs_person', reason: 'media_lost' }, null)).toMatchObject({ retryable: false })
})
