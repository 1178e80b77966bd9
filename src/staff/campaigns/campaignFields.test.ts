import { expect, test } from 'vitest'
import type { CampaignData } from '@/domain/campaignDraft'
import { rebaseForm } from '../conflict/changes'
import { differencesOf } from './differences'
import { paragraphsOf, refuseStep, toData, toForm } from './campaignFields'

const kept: CampaignData = {
  kind: 'propuestas',
  slug: 'consulta',
  title: 'Consulta',
  summary: 'r',
  label: null,
  question: 'q',
  who_decides: 'w',
  what_happens_next: 'n',
  source: null,
  opens_at: '2026-11-05T09:30:00-06:00',
  closes_at: '2026-11-13T23:59:59-06:00',
  grace_hours: 48,
  inputs_on: null,
  results_on: null,
  answer_by: '2026-11-27',
  notice_id: 'n1',
  milestones: [{ on: null, until: null, title: 'Mesa', note: null }],
}

test('a form without changes sends the stored data, hours included', () => {
  const { reason, ...data } = toData(toForm(kept), kept)
  expect(reason).toBe('')
  expect(data).toEqual(kept)
})

test('a changed opening or closing day takes the first and last instant of that day in central Mexico', () => {
  const data = toData({ ...toForm(kept), opens_on: '2026-11-06', closes_on: '2026-11-14' }, kept)
  expect([data.opens_at, data.closes_at]).toEqual(['2026-11-06T00:00:00-06:00', '2026-11-14T23:59:59-06:00'])
})

test('each step reports its own missing fields, and the last step reports all of them', () => {
  const empty = toForm(null)
  expect(refuseStep('textos', empty, null).map(({ field }) => field)).toEqual([
    'kind',
    'title',
    'slug',
    'summary',
    'question',
    'who_decides',
    'what_happens_next',
  ])
  expect(refuseStep('aviso', empty, null)).toEqual([{ field: 'notice_id', code: 'notice_unknown' }])
  expect(refuseStep('revisar', empty, null)).toHaveLength(11)
  expect(refuseStep('revisar', toForm(kept), kept)).toEqual([])
})

test.each(['Ñandú', 'a--b', '-a', 'a b'])('the slug «%s» is refused', (slug) =>
  expect(refuseStep('textos', { ...toForm(kept), slug }, kept)).toEqual([
    { field: 'slug', code: 'slug_invalid' },
  ]),
)

test.each(['', '1.5', '-1', '169'])('the grace period «%s» is refused', (grace_hours) =>
  expect(refuseStep('fechas', { ...toForm(kept), grace_hours }, kept)).toEqual([
    { field: 'grace_hours', code: 'grace_invalid' },
  ]),
)

test('empty lines separate paragraphs', () => expect(paragraphsOf('a\nb\n \n\nc\n')).toEqual(['a\nb', 'c']))

test('a new notice needs its simplified and its full text', () => {
  const notice = { title: 'T', simplified: 'Uno', full: [{ heading: 'H', text: ' ' }], consents: [] }
  expect(refuseStep('aviso', { ...toForm(kept), notice }, kept).map(({ code }) => code)).toEqual([
    'notice_incomplete',
  ])
})

test('a rebase onto another version keeps only the fields that this member changed', () => {
  const was = toForm(kept)
  const mine = { ...was, answer_by: '2026-12-01', milestones: [] }
  const theirs = toForm({ ...kept, title: 'Otra', answer_by: '2026-11-30' })
  expect(rebaseForm(mine, was, theirs)).toEqual({ ...mine, title: 'Otra' })
  expect(rebaseForm(mine, theirs, theirs)).toEqual(mine) // without a known base every field counts as changed here
})

test('the differences of two forms name each changed field in words, and no other', () => {
  const theirs = toForm({ ...kept, title: 'Otra', answer_by: null })
  expect(differencesOf(toForm(kept), theirs, [])).toEqual([
    { label: 'Título', before: 'Consulta', after: 'Otra' },
    { label: 'Se responde a más tardar el', before: 'viernes 27 de noviembre de 2026', after: '—' },
  ])
  const moved = {
    ...toForm(kept),
    milestones: [{ on: '2026-11-17', until: '', title: 'Mesa', note: 'En línea' }],
  }
  expect(differencesOf(toForm(kept), moved, [])).toEqual([
    { label: 'Calendario', before: '— · Mesa', after: 'martes 17 de noviembre de 2026 · Mesa · En línea' },
  ])
  expect(differencesOf(toForm(kept), toForm(kept), [])).toEqual([])
})
