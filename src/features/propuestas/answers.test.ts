import { expect, test } from 'vitest'
import { DURING, material } from '@/campaign/testing/material'
import { consentsFor } from '@/campaign/form/answers'
import { emptyAnswers, readAnswers, MISSING } from './answers'
import { propuestaForm } from './form'
import { completeAnswers } from './testing/answers'

test('answers stored in a draft are read unchanged', () => {
  const answers = completeAnswers()
  expect(readAnswers(JSON.parse(JSON.stringify(answers)))).toEqual(answers)
})

test('unknown values in a draft are read as unanswered', () => {
  expect(readAnswers({})).toEqual(emptyAnswers())
  expect(readAnswers({ body: 7, helps: 'maybe', naming: 'x', consents: 'all', email: null })).toEqual(
    emptyAnswers(),
  )
})

test('the payload of a refused submission is read as the same answers, trimmed', () => {
  const payload = propuestaForm.toPayload(completeAnswers(), material, DURING)
  expect(readAnswers({ ...payload })).toMatchObject({
    about: completeAnswers().about,
    helps: 'partly',
    body: 'Que los talleres lleguen a los pueblos.',
    naming: 'named',
    name: 'Ana',
    municipality: '15060',
    email: 'ana@ejemplo.mx',
    notice_hash: 'h2',
    consents: { political_opinions: true, publish: false },
  })
  expect(propuestaForm.toPayload(readAnswers({ ...payload }), material, DURING)).toEqual(payload)
})

test('a refused anonymous payload about «lo que falta» is read as both choices', () => {
  const payload = propuestaForm.toPayload(
    { ...completeAnswers(), about: MISSING, naming: 'anonymous' },
    material,
    DURING,
  )
  expect(readAnswers({ ...payload })).toMatchObject({ about: MISSING, naming: 'anonymous', helps: null })
})

test('consents to another notice do not count', () => {
  expect(consentsFor(completeAnswers(), 'h2')).toEqual({ political_opinions: true })
  expect(consentsFor(completeAnswers(), 'h3')).toEqual({})
})
