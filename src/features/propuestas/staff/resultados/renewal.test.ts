/** The working copy of a renewed text: what is sent of it, and nothing lost when two people write at once. */
import { expect, test } from 'vitest'
import { rebaseForm } from '@/staff/conflict/changes'
import type { RenewalDesk } from '../../renewal'
import { draftOf, newPart, renewalForm, restStays } from './draft'

const part = (id: string, number: string) => ({
  id,
  topic_id: 't1',
  kind: 'action' as const,
  number,
  title: `Acción ${number}`,
  body: 'Texto en vigor.',
})
const desk: Pick<RenewalDesk, 'data' | 'strategy'> = {
  strategy: { topics: [{ id: 't1', title: 'Tema' }], parts: [part('a', '1.1'), part('b', '1.2')] },
  data: { parts: [] },
}

test('a part that nobody touched is not sent, and one that stays sends no words', () => {
  expect(draftOf(renewalForm(desk))).toEqual({ parts: [] })
  const kept = restStays(renewalForm(desk), 'Nadie pidió cambiarla.')
  expect(draftOf(kept).parts[0]).toEqual({
    id: 'a',
    change: 'same',
    findings: [],
    why: 'Nadie pidió cambiarla.',
  })
})

test('a draft reads back as it was sent, new parts too', () => {
  const form = renewalForm(desk)
  form.parts[0] = { ...form.parts[0]!, change: 'changed', body: 'Texto nuevo.', findings: ['f1'] }
  form.parts.push({ ...newPart('t1'), number: '1.3', body: 'Otra.', findings: ['f1'] })
  const sent = draftOf(form)
  expect(sent.parts.map(({ change }) => change)).toEqual(['changed', 'added'])
  expect(draftOf(renewalForm({ ...desk, data: sent }))).toEqual(sent)
})

test('of two people who changed two parts at once, both changes stay', () => {
  const was = renewalForm(desk)
  const [mine, theirs] = [structuredClone(was), structuredClone(was)]
  mine.parts[0] = { ...mine.parts[0]!, change: 'changed', body: 'Lo mío.', findings: ['f1'] }
  theirs.parts[1] = { ...theirs.parts[1]!, change: 'removed', why: 'Lo suyo.', findings: ['f2'] }
  const joined = draftOf(rebaseForm(mine, was, theirs))
  expect(joined.parts).toMatchObject([{ body: 'Lo mío.' }, { change: 'removed', why: 'Lo suyo.' }])
})
