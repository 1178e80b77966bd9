// @vitest-environment happy-dom
/** How far a propuesta is, as its author reads it on the folio. */
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { Sent } from '@/campaign/submission/sent'
import type { ContentOf } from '@/domain/kinds'
import words from '@/i18n/es-MX/propuestasAnalysis.json'
import type { Analysis } from './findings'
import AnalysisStanding from './AnalysisStanding.vue'

const show = (analysis: Analysis | undefined, state = 'published') => {
  const content = { part_id: null, helps: null, body: 'x', sector: null, municipality: null, analysis }
  const sent = { id: '1', kind: 'propuestas', state, received_at: '2026-11-01T12:00:00Z', content }
  return mount(AnalysisStanding, { props: { sent: sent as unknown as Sent<ContentOf<'propuestas'>> } })
}
const answer = {
  finding_id: 'f',
  title: 'Avisos en lenguas originarias',
  outcome: 'partly' as const,
  reasons: 'Primero en tres municipios.',
  area: 'Dirección de muestra',
  due_on: '2027-03-31',
  at: '2026-12-18T18:00:00Z',
}
const done = (screen: ReturnType<typeof show>) => screen.findAll('.timeline-done').length

test('nothing stands before the institution sorted it, nor while it is reviewed again', () => {
  expect(show(undefined).text()).toBe('')
  expect(show({ grouped: true }, 'in_review').text()).toBe('')
})

test('grouped and not answered: three steps are done and the answer is awaited', () => {
  const screen = show({ grouped: true })
  expect(done(screen)).toBe(3)
  expect(screen.text()).toContain(words.waiting)
})

test('answered: decision, reasons, area and date', () => {
  const screen = show({ grouped: true, answers: [answer] })
  expect(done(screen)).toBe(4)
  for (const part of [
    answer.title,
    words['outcome.partly'],
    answer.reasons,
    answer.area,
    '31 de marzo de 2027',
  ])
    expect(screen.text()).toContain(part)
})

test('a proposal with two ideas is not answered while one of them is not', () => {
  const ideas = ['Una idea', 'Otra idea']
  const half = show({ grouped: true, ideas, answers: [{ ...answer, idea: ideas[0]! }] })
  expect(done(half)).toBe(3)
  expect(half.text()).toContain('Una idea')
})
