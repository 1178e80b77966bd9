import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from './db'
import { createDraft, discardDraft, getDraft, listDrafts, saveAnswers } from './drafts'

const campaign = { id: 'c1', kind: 'propuestas', title: 'Consulta' } as const

beforeEach(() => db.drafts.clear())

test('a draft is found again as it was last saved', async () => {
  const { id } = await createDraft(campaign)
  expect(await saveAnswers(id, { body: 'uno', consents: { publish: false } }, 'texto')).toBe(true)
  expect(await saveAnswers(id, { body: 'dos' }, 'revisa')).toBe(true)
  expect(await getDraft(id)).toMatchObject({
    id,
    convocatoria_id: 'c1',
    convocatoria_title: 'Consulta',
    answers: { body: 'dos' },
    step: 'revisa',
  })
})

test('several drafts live side by side, the last touched first', async () => {
  await createDraft(campaign, 'a')
  await createDraft(campaign, 'b')
  await new Promise((resolve) => setTimeout(resolve, 2))
  await saveAnswers('a', { body: 'x' }, 'texto')
  expect((await listDrafts()).map((draft) => draft.id)).toEqual(['a', 'b'])
})

test('answers held by the screen are stored as plain values', async () => {
  await createDraft(campaign, 'a')
  await saveAnswers('a', new Proxy({ list: new Proxy([1], {}) }, {}), 'texto')
  expect((await getDraft('a'))?.answers).toEqual({ list: [1] })
})

test('saving a draft that was sent or discarded elsewhere does not bring it back', async () => {
  await createDraft(campaign, 'a')
  await discardDraft('a')
  expect(await saveAnswers('a', { body: 'x' }, 'texto')).toBe(false)
  expect(await listDrafts()).toEqual([])
})

test('a draft is not begun twice under one id', async () => {
  await createDraft(campaign, 'a')
  await saveAnswers('a', { body: 'x' }, 'texto')
  await expect(createDraft(campaign, 'a')).rejects.toMatchObject({ code: 'storage_failed' })
  expect((await getDraft('a'))?.answers).toEqual({ body: 'x' })
})
