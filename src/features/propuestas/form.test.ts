import { describe, expect, test } from 'vitest'
import { DURING, material, PARAGRAPH } from '@/campaign/testing/material'
import { emptyAnswers, MISSING, type Answers } from './answers'
import { findProblems, stepOfProblem } from '@/campaign/form/campaignForm'
import { problemFromServer } from '@/campaign/form/checks'
import { propuestaForm } from './form'
import { wholeAnswers } from './testing/answers'

const problemsOf = (patch: Partial<Answers>, now = DURING) =>
  findProblems(propuestaForm, { ...wholeAnswers(), ...patch }, material, now).map(
    ({ field, code }) => `${field}: ${code}`,
  )

test('whole answers have nothing against them', () => {
  expect(problemsOf({})).toEqual([])
})

test('an empty draft misses what is required, in the order of the form', () => {
  expect(findProblems(propuestaForm, emptyAnswers(), material, DURING).map(({ field }) => field)).toEqual([
    'notice',
    'about',
    'body',
    'naming',
    'consents',
  ])
})

describe('each field has its own words', () => {
  test.each<[string, Partial<Answers>, string]>([
    ['an unknown action', { about: 'gone' }, 'about: part_unknown'],
    ['an action without an opinion', { helps: null }, 'helps: helps_required'],
    ['spaces only', { body: '   \n  ' }, 'body: body_too_short'],
    ['zero-width characters', { body: '\u200b'.repeat(40) }, 'body: body_too_short'],
    ['nineteen characters', { body: 'x'.repeat(19) }, 'body: body_too_short'],
    ['2,001 emoji', { body: '🙂'.repeat(2001) }, 'body: body_too_long'],
    ['NUL', { body: `\u0000${'x'.repeat(30)}` }, 'body: body_invalid'],
    ['no choice of name', { naming: null }, 'naming: naming_required'],
    ['a name of spaces', { name: '  ' }, 'name: name_required'],
    ['a name of 81 letters', { name: 'a'.repeat(81) }, 'name: name_too_long'],
    ['a sector that is none', { sector: 'magia' }, 'sector: sector_unknown'],
    ['a municipality that is none', { municipality: 'Macondo' }, 'municipality: municipality_unknown'],
    ['an address without domain', { email: 'ana@' }, 'email: email_invalid'],
    ['a required consent not given', { consents: { publish: true } }, 'consents: consent_missing'],
    ['consents given to another notice', { consents_hash: 'h1' }, 'consents: consent_missing'],
    ['another notice was read', { notice_hash: 'h1' }, 'notice: notice_outdated'],
  ])('%s', (_, patch, problem) => {
    expect(problemsOf(patch)).toEqual([problem])
  })
})

describe('nothing is held against', () => {
  test.each<[string, Partial<Answers>]>([
    ['a paragraph without an opinion', { about: PARAGRAPH, helps: null }],
    ['an opinion kept from an action chosen before', { about: MISSING, helps: 'no' }],
    ['2,000 emoji', { body: '🙂'.repeat(2000) }],
    ['HTML', { body: '<script>alert("hola")</script>' }],
    ['text from right to left', { body: 'مقترح من المواطنين حول الحكومة المفتوحة' }],
    ['no name when anonymous', { naming: 'anonymous', name: '' }],
    ['nothing said about oneself', { sector: '', municipality: '', email: '' }],
    ['somewhere else', { municipality: 'fuera del estado' }],
  ])('%s', (_, patch) => {
    expect(problemsOf(patch)).toEqual([])
  })
})

test('the window is told by the clock it is given', () => {
  expect(problemsOf({}, new Date('2026-11-30T23:59:58-06:00'))).toEqual([])
  expect(problemsOf({}, new Date('2026-12-01T00:00:00-06:00'))).toEqual(['window: convocatoria_closed'])
  expect(problemsOf({}, new Date('2026-11-19T12:00:00-06:00'))).toEqual(['window: convocatoria_not_open'])
})

test('every problem of a draft has the step where it is mended', () => {
  for (const step of Object.values(propuestaForm.stepOf)) expect(propuestaForm.steps).toContain(step)
  expect(stepOfProblem(propuestaForm, { field: 'municipality', code: '' })).toBe('sobre-ti')
})

describe('a refusal of the server goes to its field', () => {
  test.each([
    ['body_too_short', 'body', 'body'],
    ['part_unknown', 'part_id', 'about'],
    ['helps_unexpected', 'helps', 'about'],
    ['name_invalid', 'display_name', 'name'],
    ['notice_outdated', 'notice', 'notice'],
    ['consent_missing', undefined, 'consents'],
    ['text_unstorable', undefined, 'body'],
    ['convocatoria_closed', '', 'window'],
    ['malformed_op', 'consents', 'consents'],
    ['malformed_op', 'secret', 'window'],
  ])('%s of %s', (code, field, expected) => {
    expect(problemFromServer(propuestaForm, code, field)).toEqual({ code, field: expected })
  })
  test('a code nobody knows is none', () => {
    expect(problemFromServer(propuestaForm, 'made_up', 'body')).toBeNull()
    expect(problemFromServer(propuestaForm, '')).toBeNull()
  })
})
