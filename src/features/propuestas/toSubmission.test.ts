import { expect, test } from 'vitest'
import { ACTION, DURING, material, PARAGRAPH } from '@/campaign/testing/material'
import { MISSING } from './answers'
import { propuestaForm } from './form'
import { wholeAnswers } from './testing/answers'

test('carries exactly the fields of the wire', () => {
  expect(propuestaForm.toPayload(wholeAnswers(), material, DURING)).toEqual({
    convocatoria_id: material.convocatoria.id,
    part_id: ACTION,
    helps: 'partly',
    body: 'Que los talleres lleguen a los pueblos.',
    sector: 'estudiante',
    municipality: '15060',
    display_name: 'Ana',
    email: 'ana@ejemplo.mx',
    notice_id: material.notice.id,
    notice_hash: 'h2',
    locale: 'es-MX',
    consented_at: '2026-11-23T18:00:00.000Z',
    consents: [
      { key: 'political_opinions', granted: true },
      { key: 'publish', granted: false },
    ],
  })
})

test('what was not said is null, and a name that is not to be shown is not sent', () => {
  const quiet = {
    sector: '',
    municipality: ' ',
    email: '  ',
    naming: 'anonymous',
    consented_at: null,
  } as const
  expect(propuestaForm.toPayload({ ...wholeAnswers(), ...quiet }, material, DURING)).toMatchObject({
    sector: null,
    municipality: null,
    email: null,
    display_name: null,
    consented_at: DURING.toISOString(),
  })
})

test.each([
  ['a paragraph', PARAGRAPH, PARAGRAPH],
  ['what is missing', MISSING, null],
])('an opinion on an action is not sent about %s', (_, about, part_id) => {
  expect(propuestaForm.toPayload({ ...wholeAnswers(), about }, material, DURING)).toMatchObject({
    part_id,
    helps: null,
  })
})
