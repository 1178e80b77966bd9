/** A voice note in the form and on the folio's page. */
import { expect, test } from 'vitest'
import { DURING, material } from '@/campaign/testing/material'
import type { PropuestaContent } from '@/domain/propuesta'
import { readAnswers } from '../answers'
import { propuestaForm } from '../form'
import { kind } from '../kind'
import { completeAnswers } from '../testing/answers'
import { standingOf, type VoiceStanding } from './standing'

const media = { id: 'm1', bytes: 300_000, mime: 'audio/webm', duration_ms: 60_000, sha256: 'a'.repeat(64) }
const spoken = () => ({ ...completeAnswers(), body: 'corto', media })

test('a recording stands for the text: none is needed, and none is sent', () => {
  expect(propuestaForm.refuse('body', spoken(), material, DURING)).toBeNull()
  expect(propuestaForm.refuse('body', { ...spoken(), media: null }, material, DURING)).toBe('body_too_short')
  expect(propuestaForm.toPayload(spoken(), material, DURING)).toMatchObject({ body: null, media })
  expect(propuestaForm.toPayload(completeAnswers(), material, DURING)).not.toHaveProperty('media')
})

test('a draft keeps both, so that a text comes back when the recording is deleted', () => {
  expect(readAnswers({ ...spoken() } as never)).toMatchObject({ body: 'corto', media })
  expect(readAnswers({ body: 'Un texto de una versión anterior.' }).media).toBeNull()
})

test('a refusal of the recording leads to the step that records', () => {
  expect(propuestaForm.stepOf[propuestaForm.fieldOf('media_too_long', 'media')]).toBe('texto')
})

const contentOf = (status: string, written = false): PropuestaContent => ({
  part_id: null,
  helps: null,
  body: 'Nota de voz',
  sector: null,
  municipality: null,
  media: { ...media, status: status as 'verified', expires_at: '2026-12-01T00:00:00Z', tells: [] },
  voice: { written, kept: false },
})
const going = (state: string, reason: string | null = null) => ({ state, reason }) as never

test.each<[string, PropuestaContent, never, VoiceStanding['name'], boolean]>([
  ['bytes on this phone that wait', contentOf('awaiting_upload'), going('waiting'), 'waiting', false],
  ['a phone that saves data', contentOf('awaiting_upload'), going('waiting', 'save_data'), 'data', true],
  ['bytes on their way', contentOf('awaiting_upload'), going('sending'), 'sending', false],
  ['an upload that stopped', contentOf('awaiting_upload'), going('needs_person'), 'stopped', true],
  ['bytes on another phone', contentOf('awaiting_upload'), null as never, 'elsewhere', false],
  ['bytes that the server checks', contentOf('attached'), going('uploaded'), 'checking', false],
  ['sound that nobody wrote down', contentOf('verified'), null as never, 'arrived', false],
  ['sound that staff wrote down', contentOf('verified', true), null as never, 'written', false],
  ['sound that was erased afterwards', contentOf('removed', true), null as never, 'erased', false],
  ['sound that was erased unwritten', contentOf('removed'), null as never, 'gone', false],
  ['other bytes than announced', contentOf('mismatch'), going('uploaded'), 'failed', false],
  ['bytes that did not come in time', contentOf('expired'), going('waiting'), 'expired', false],
])('the folio says of %s where it stands', (_, content, transfer, name, canSend) => {
  expect(standingOf(content, transfer)).toMatchObject({ name, canSend })
})

test('a propuesta is not said to have arrived while its sound is missing', () => {
  expect(kind.chipOf!(contentOf('awaiting_upload'))).toBe('video_missing')
  expect(kind.chipOf!(contentOf('mismatch'))).toBe('needs_attention')
  expect(kind.chipOf!(contentOf('expired'))).toBe('needs_attention')
  expect(kind.chipOf!(contentOf('verified'))).toBeUndefined()
  expect(kind.chipOf!({ ...contentOf('verified'), media: undefined } as never)).toBeUndefined()
})
