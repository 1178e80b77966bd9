import { describe, expect, test } from 'vitest'
import { ACTION, DURING, material, PARAGRAPH } from '@/campaign/testing/material'
import { emptyAnswers, MISSING, type Answers } from './answers'
import { findProblems, stepOfProblem } from '@/campaign/form/campaignForm'
import { problemFromServer } from '@/campaign/form/checks'
import { stepsFor } from '@/campaign/form/steps'
import { propuestaForm } from './form'
import { completeAnswers } from './testing/answers'

const problemsOf = (patch: Partial<Answers>, now = DURING) =>
  findProblems(propuestaForm, { ...completeAnswers(), ...patch }, material, now).map(
    ({ field, code }) => `${field}: ${code}`,
  )

test('complete answers have no problems', () => {
  expect(problemsOf({})).toEqual([])
})

test('an empty draft has a problem for each required field, in the order of the form', () => {
  expect(findProblems(propuestaForm, emptyAnswers(), material, DURING).map(({ field }) => field)).toEqual([
    'notice',
    'about',
    'body',
    'naming',
    'consents',
  ])
})

describe('problems', () => {
  test.each<[string, Partial<Answers>, string]>([
    ['an unknown action', { about: 'gone' }, 'about: part_unknown'],
    ['an action without an opinion', { helps: null }, 'helps: helps_required'],
    ['spaces only', { body: '   \n  ' }, 'body: body_too_short'],
    ['zero-width characters', { body: '\u200b'.repeat(40) }, 'body: body_too_short'],
    ['nineteen characters', { body: 'x'.repeat(19) }, 'body: body_too_short'],
    ['2,001 emoji', { body: '🙂'.repeat(2001) }, 'body: body_too_long'],
    ['nineteen characters and NUL', { body: `\u0000${'x'.repeat(19)}` }, 'body: body_too_short'],
    ['no choice of name', { naming: null }, 'naming: naming_required'],
    ['a name of spaces', { name: '  ' }, 'name: name_required'],
    ['a name of 81 letters', { name: 'a'.repeat(81) }, 'name: name_too_long'],
    ['an unknown sector', { sector: 'magia' }, 'sector: sector_unknown'],
    ['an unknown municipality', { municipality: 'Macondo' }, 'municipality: municipality_unknown'],
    ['an e-mail address without a domain', { email: 'ana@' }, 'email: email_invalid'],
    ['a missing required consent', { consents: { publish: true } }, 'consents: consent_missing'],
    ['consents to another notice', { consents_hash: 'h1' }, 'consents: consent_missing'],
    ['another notice that was read', { notice_hash: 'h1' }, 'notice: notice_outdated'],
  ])('answers with %s have exactly that problem', (_, patch, problem) => {
    expect(problemsOf(patch)).toEqual([problem])
  })
})

describe('accepted answers', () => {
  test.each<[string, Partial<Answers>]>([
    ['a paragraph without an opinion', { about: PARAGRAPH, helps: null }],
    ['an opinion about an action that was chosen before', { about: MISSING, helps: 'no' }],
    ['2,000 emoji', { body: '🙂'.repeat(2000) }],
    ['HTML', { body: '<script>alert("hola")</script>' }],
    ['a text from right to left', { body: 'مقترح من المواطنين حول الحكومة المفتوحة' }],
    ['no name when anonymous', { naming: 'anonymous', name: '' }],
    ['no answers about the person', { sector: '', municipality: '', email: '' }],
    ['a municipality outside the state', { municipality: 'fuera del estado' }],
  ])('answers with %s have no problems', (_, patch) => {
    expect(problemsOf(patch)).toEqual([])
  })
})

test('a campaign that is not open is a problem of the window', () => {
  expect(problemsOf({}, new Date('2026-11-30T23:59:58-06:00'))).toEqual([])
  expect(problemsOf({}, new Date('2026-12-01T00:00:00-06:00'))).toEqual(['window: convocatoria_closed'])
  expect(problemsOf({}, new Date('2026-11-19T12:00:00-06:00'))).toEqual(['window: convocatoria_not_open'])
})

test('every field of a propuesta belongs to a step of the form', () => {
  for (const step of Object.values(propuestaForm.stepOf)) expect(propuestaForm.steps).toContain(step)
  expect(stepOfProblem(propuestaForm, { field: 'municipality', code: '' })).toBe('sobre-ti')
})

const pathOf = (answers: Answers) => stepsFor(propuestaForm, answers, material)

test('a proposal takes six steps, and what the campaign’s page asked takes none', () => {
  const six = ['aviso', 'sobre', 'texto', 'sobre-ti', 'permisos', 'revisa']
  expect(pathOf(emptyAnswers())).toEqual(six)
  expect(pathOf(completeAnswers())).toEqual(six)
  expect(pathOf(emptyAnswers({ sobre: ACTION, ayuda: 'yes' }))).toEqual(
    six.filter((step) => step !== 'sobre'),
  )
  expect(pathOf(emptyAnswers({ sobre: 'a part that is gone' }))).toEqual(six)
})

describe('refusals of the server', () => {
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
  ])('the refusal %s of field %s is shown at %s', (code, field, expected) => {
    expect(problemFromServer(propuestaForm, code, field)).toEqual({ code, field: expected })
  })
  test('an unknown refusal code is no problem of the form', () => {
    expect(problemFromServer(propuestaForm, 'made_up', 'body')).toBeNull()
    expect(problemFromServer(propuestaForm, '')).toBeNull()
  })
})
