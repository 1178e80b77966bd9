import { expect, test } from 'vitest'
import { ACTION, DURING, material, PARAGRAPH } from '@/campaign/testing/material'
import { MISSING } from './answers'
import { propuestaForm } from './form'
import { completeAnswers } from './testing/answers'

test('the payload of a propuesta has exactly the fields of the op', () => {
  expect(propuestaForm.toPayload(completeAnswers(), material, DURING)).toEqual({
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

test('unanswered fields are null in the payload, and an anonymous person’s name is not sent', () => {
  const unanswered = {
    sector: '',
    municipality: ' ',
    email: '  ',
    naming: 'anonymous',
    consented_at: null,
  } as const
  expect(propuestaForm.toPayload({ ...completeAnswers(), ...unanswered }, material, DURING)).toMatchObject({
    sector: null,
    municipality: null,
    email: null,
    display_name: null,
    consented_at: DURING.toISOString(),
  })
})

test.each([
  ['a paragraph', PARAGRAPH, PARAGRAPH],
  ['«lo que falta»', MISSING, null],
])('the payload about %s does not contain an opinion on an action', (_, about, part_id) => {
  expect(propuestaForm.toPayload({ ...completeAnswers(), about }, material, DURING)).toMatchObject({
    part_id,
    helps: null,
  })
})
