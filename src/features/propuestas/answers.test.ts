import { expect, test } from 'vitest'
import { DURING, material } from '@/campaign/testing/material'
import { consentsFor } from '@/campaign/form/answers'
import { emptyAnswers, readAnswers, MISSING } from './answers'
import { propuestaForm } from './form'
import { wholeAnswers } from './testing/answers'

test('answers kept in a draft read back as they were', () => {
  const answers = wholeAnswers()
  expect(readAnswers(JSON.parse(JSON.stringify(answers)))).toEqual(answers)
})

test('a draft of another age, or broken, reads as not yet answered', () => {
  expect(readAnswers({})).toEqual(emptyAnswers())
  expect(readAnswers({ body: 7, helps: 'maybe', naming: 'x', consents: 'all', email: null })).toEqual(
    emptyAnswers(),
  )
})

test('a refused submission comes back as the same answers, its ends trimmed', () => {
  const payload = propuestaForm.toPayload(wholeAnswers(), material, DURING)
  expect(readAnswers({ ...payload })).toMatchObject({
    about: wholeAnswers().about,
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

test('a refused anonymous submission about what is missing comes back as both choices', () => {
  const payload = propuestaForm.toPayload(
    { ...wholeAnswers(), about: MISSING, naming: 'anonymous' },
    material,
    DURING,
  )
  expect(readAnswers({ ...payload })).toMatchObject({ about: MISSING, naming: 'anonymous', helps: null })
})

test('consents given to another notice do not count', () => {
  expect(consentsFor(wholeAnswers(), 'h2')).toEqual({ political_opinions: true })
  expect(consentsFor(wholeAnswers(), 'h3')).toEqual({})
})
