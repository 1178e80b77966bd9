import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { findProblems } from '@/campaign/form/campaignForm'
import { problemFromServer } from '@/campaign/form/checks'
import { DURING } from '@/campaign/testing/material'
import { stageMedia } from '@/media/store'
import { emptyAnswers, readAnswers, type Answers } from './answers'
import { duration, factsLine, megabytes } from './facts'
import { videoForm } from './form'
import { kind } from './kind'
import { material, wholeAnswers } from './testing/material'
import { momentOf } from './transferWords'

const problemsOf = (patch: Partial<Answers>) =>
  findProblems(videoForm, { ...wholeAnswers(), ...patch }, material, DURING).map(
    ({ field, code }) => `${field}: ${code}`,
  )
const media = wholeAnswers().media!

test('an empty draft misses what is required, in the order of the form', () => {
  expect(findProblems(videoForm, emptyAnswers(), material, DURING).map(({ field }) => field)).toEqual([
    'notice',
    'pillar',
    'media',
    'title',
    'summary',
    'naming',
    'consents',
  ])
})

test.each<[string, Partial<Answers>, string[]]>([
  ['whole answers', {}, []],
  ['a pillar that is none', { pillar: 'magia' }, ['pillar: pillar_unknown']],
  ['no video', { media: null }, ['media: media_required']],
  ['a video too short', { media: { ...media, duration_ms: 14_999 } }, ['media: media_too_short']],
  ['a video too large', { media: { ...media, bytes: 300_000_001 } }, ['media: media_too_large']],
  ['a title of 81', { title: 'a'.repeat(81) }, ['title: title_too_long']],
  ['a summary of spaces', { summary: '  ' }, ['summary: summary_required']],
  ['a summary of 301', { summary: 'a'.repeat(301) }, ['summary: summary_too_long']],
  ['a transcript of 5,001', { transcript: 'a'.repeat(5001) }, ['transcript: transcript_too_long']],
  ['no picture', { poster: null }, []],
])('%s', (_, patch, problems) => expect(problemsOf(patch)).toEqual(problems))

test('every problem of a draft has the step where it is mended', () => {
  for (const step of Object.values(videoForm.stepOf)) expect(videoForm.steps).toContain(step)
})

describe('what is kept is what was answered', () => {
  test('in a draft', () => {
    expect(readAnswers(JSON.parse(JSON.stringify(wholeAnswers())))).toEqual(wholeAnswers())
  })

  test('in a refused payload, which becomes the same payload again', () => {
    const payload = videoForm.toPayload(wholeAnswers(), material, DURING)
    expect(payload).toMatchObject({ media, title: 'Mi calle', transcript: null, municipality: '15060' })
    const again = readAnswers(JSON.parse(JSON.stringify(payload)))
    expect(videoForm.toPayload(again, material, DURING)).toEqual(payload)
  })

  test('and half a description of a file is none', () => {
    expect(readAnswers({ media: { id: media.id, bytes: 4 } }).media).toBeNull()
    expect(readAnswers({ media: 'x', title: 7, pillar: {} })).toEqual(emptyAnswers())
  })
})

test('a draft whose bytes are gone from this phone says so before it is sent', async () => {
  const answers = wholeAnswers()
  expect(await videoForm.clearMissing!('s1', emptyAnswers())).toBeNull()
  expect(await videoForm.clearMissing!('s1', answers)).toEqual({ media: null, poster: null })
  const file = new Blob(['bytes'])
  await stageMedia({ id: media.id, submissionId: 's1', file, mime: media.mime })
  expect(await videoForm.clearMissing!('s1', answers)).toBeNull()
})

test('lists call a video by its title, or by its summary', () => {
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
])('the refusal %s of %s is mended at %s', (code, field, expected) => {
  expect(problemFromServer(videoForm, code, field)).toEqual({ code, field: expected })
})

test('weights and lengths in words', () => {
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

test('the server’s word on a file counts before this phone’s', () => {
  const sending = { state: 'sending', reason: null } as const
  expect(momentOf(sending, { status: 'awaiting_upload' }).name).toBe('sending')
  expect(momentOf(sending, null).name).toBe('sending')
  expect(momentOf(null, { status: 'awaiting_upload' }).name).toBe('elsewhere')
  expect(momentOf(null, { status: 'verified' }).name).toBe('verified')
  expect(momentOf({ state: 'uploaded', reason: null }, { status: 'mismatch' }).name).toBe('mismatch')
  expect(momentOf({ state: 'needs_person', reason: 'media_lost' }, null)).toMatchObject({ mendable: false })
})
