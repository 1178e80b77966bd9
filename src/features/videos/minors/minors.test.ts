// @vitest-environment happy-dom
/** The form of a video where minors may take part: what it asks of whom, and what it sends. */
import { mount } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { findProblems } from '@/campaign/form/campaignForm'
import { summaryOf } from '@/campaign/form/answerSummary'
import { problemFromServer } from '@/campaign/form/checks'
import { stepsFor } from '@/campaign/form/steps'
import { DURING } from '@/campaign/testing/material'
import guardianWords from '@/i18n/es-MX/autorizar.json'
import { publishedOfMinors } from '../staff/published'
import { completeAnswers, material } from '../testing/material'
import { emptyMinor, readMinor, type MinorAnswers } from './answers'
import { minorsForm } from './form'
import StepAdulto from './StepAdulto.vue'
import StepEdad from './StepEdad.vue'
import { t } from './words'

const child = (change: Partial<MinorAnswers> = {}): MinorAnswers => ({
  ...emptyMinor(),
  ...completeAnswers(),
  adult: 'no',
  assent: true,
  nickname: 'Luna',
  guardian_name: ' Rosa Paz ',
  guardian_relationship: 'madre',
  guardian_contact: '722 123 4567',
  ...change,
})
const adult = () => child({ adult: 'yes' })
const problems = (answers: MinorAnswers) =>
  findProblems(minorsForm, answers, material, DURING).map(({ field }) => field)
const payloadOf = (answers: MinorAnswers) =>
  minorsForm.toPayload(answers, material, DURING) as Record<string, unknown>

describe('who is asked what', () => {
  test('the age is asked before anybody films, and a minor’s path has no municipality', () => {
    expect(stepsFor(minorsForm, child(), material)).toEqual([
      'aviso',
      'edad',
      'adulto',
      'video',
      'texto',
      'permisos',
      'revisa',
    ])
    expect(stepsFor(minorsForm, adult(), material)).toEqual([
      'aviso',
      'edad',
      'video',
      'texto',
      'sobre-ti',
      'permisos',
      'revisa',
    ])
    const labels = summaryOf(minorsForm, child(), material).map(({ label }) => label)
    expect(labels).not.toContain('Municipio')
    expect(labels).toContain(t('review.adult'))
  })

  test('a draft of before the question is asked the age, and nothing else of minors', () =>
    expect(problems(readMinor(JSON.parse(JSON.stringify(completeAnswers()))))).toEqual(['adult']))

  test.each<[string, Partial<MinorAnswers>, string[]]>([
    ['all that is asked', {}, []],
    ['no nickname', { nickname: ' ' }, []],
    ['no «yes» of their own', { assent: false }, ['assent']],
    ['a surname', { nickname: 'Luna Paz' }, ['nickname']],
    ['a nickname of 31 letters', { nickname: 'a'.repeat(31) }, ['nickname']],
    ['an unnamed guardian', { guardian_name: '\u200b' }, ['guardian_name']],
    ['a guardian of 81 letters', { guardian_name: 'a'.repeat(81) }, ['guardian_name']],
    ['a guardian who is nobody', { guardian_relationship: null }, ['guardian_relationship']],
    ['an address that is none', { guardian_contact: 'rosa@' }, ['guardian_contact']],
    ['nine digits', { guardian_contact: '722123456' }, ['guardian_contact']],
    ['an address', { guardian_contact: ' Rosa@Correo.mx ' }, []],
  ])('the answers of a minor with %s have the right problems', (_, change, expected) =>
    expect(problems(child(change))).toEqual(expected),
  )

  test('every field belongs to a step, and every problem has words', () => {
    for (const step of Object.values(minorsForm.stepOf)) expect(minorsForm.steps).toContain(step)
    const answers: MinorAnswers = { ...emptyMinor(), adult: 'no' }
    const found = findProblems(minorsForm, answers, material, DURING)
    for (const { code } of found) expect(minorsForm.problemText(code)).not.toMatch(/step\.|^$/u)
  })
})

describe('what is sent', () => {
  test('a minor sends first name, guardian and assent, and no whereabouts', () =>
    expect(payloadOf(child())).toMatchObject({
      display_name: 'Luna',
      municipality: null,
      sector: null,
      email: null,
      minor: {
        assent: true,
        guardian: { name: 'Rosa Paz', relationship: 'madre', contact: '722 123 4567' },
      },
    }))

  test('an adult sends what was sent before the question, and that they are one', () => {
    const { adult: isAdult, minor, ...rest } = payloadOf(adult())
    expect([isAdult, minor]).toEqual([true, undefined])
    expect(rest).toMatchObject({ display_name: 'Ana', municipality: '15060' })
  })

  test('each answers the consent of their own age, and is shown no other', () => {
    const consent = (key: string) => ({ key, text: key, required: false })
    const both = { ...material.notice, consents: [consent('publish'), consent('publish_minor')] }
    const keysOf = (answers: MinorAnswers) => {
      const asked = minorsForm.materialOf!({ ...material, notice: both }, answers)
      const payload = minorsForm.toPayload(answers, { ...material, notice: both }, DURING)
      const sent = (payload as { consents: { key: string }[] }).consents
      return [asked.notice.consents, sent].map((list) => list.map(({ key }) => key))
    }
    expect(keysOf(child())).toEqual([['publish_minor'], ['publish_minor']])
    expect(keysOf(adult())).toEqual([['publish'], ['publish']])
  })

  test('a notice that asks one thing of all asks it of minors too', () =>
    expect(minorsForm.materialOf!(material, child()).notice).toEqual(material.notice))

  test('the guardian reads of each part that a minor’s consent opens, and of no other', () => {
    const named = Object.keys(guardianWords).flatMap(
      (key) => /^public\.(image_voice|text)$|^(name)$/u.exec(key)?.[0] ?? [],
    )
    expect(named.map((key) => key.replace('public.', '')).sort()).toEqual(
      publishedOfMinors.map(({ permission }) => permission).sort(),
    )
  })

  test('a refused payload is read and sent as the same payload', () => {
    for (const answers of [child(), adult(), child({ nickname: '' })]) {
      const payload = payloadOf(answers)
      expect(payloadOf(readMinor(JSON.parse(JSON.stringify(payload))))).toEqual(payload)
    }
  })

  test.each([
    ['email_invalid', 'guardian_contact', 'guardian_contact'],
    ['malformed_op', 'nickname', 'nickname'],
    ['email_invalid', 'email', 'email'],
  ])('the refusal %s of field %s is shown at %s', (code, field, expected) =>
    expect(problemFromServer(minorsForm, code, field)?.field).toBe(expected),
  )
})

describe('the steps', () => {
  const props = (answers: MinorAnswers, errors = {}) => ({ answers, material, errors, draftId: 'd' })

  test('only a minor is asked for a «yes» and a nickname', async () => {
    const step = mount(StepEdad, { props: props(adult()) })
    expect(step.text()).not.toContain(t('step.edad.assent'))
    await step.setProps(props(child()))
    expect(step.text()).toContain(t('step.edad.assent'))
    expect(step.text()).toContain(t('step.edad.careful'))
    await step.get('#assent').setValue(false)
    expect(step.emitted('change')).toEqual([[{ assent: false }]])
  })

  test('what is wrong with the guardian is said at its field', () => {
    const errors = { guardian_contact: t('step.adulto.contact.wrong') }
    const step = mount(StepAdulto, { props: props(child(), errors) })
    expect(step.get('#guardian_contact').attributes('aria-invalid')).toBe('true')
    expect(step.text()).toContain(errors.guardian_contact)
  })
})
