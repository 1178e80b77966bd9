import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from './db'
import { createDraft, discardDraft, forgetDraft, getDraft, listDrafts, saveAnswers } from './drafts'
import { saveItem } from './items'

const campaign = { id: 'c1', kind: 'propuestas', title: 'Consulta' } as const

beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))

test('a draft is read back as it was last saved', async () => {
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

test('drafts are listed with the last saved first', async () => {
  await createDraft(campaign, 'a')
  await createDraft(campaign, 'b')
  await new Promise((resolve) => setTimeout(resolve, 2))
  await saveAnswers('a', { body: 'x' }, 'texto')
  expect((await listDrafts()).map((draft) => draft.id)).toEqual(['a', 'b'])
})

test('answers in reactive proxies are stored as plain values', async () => {
  await createDraft(campaign, 'a')
  await saveAnswers('a', new Proxy({ list: new Proxy([1], {}) }, {}), 'texto')
  expect((await getDraft('a'))?.answers).toEqual({ list: [1] })
})

test('saving a discarded draft does not bring it back', async () => {
  await createDraft(campaign, 'a')
  await discardDraft('a')
  expect(await saveAnswers('a', { body: 'x' }, 'texto')).toBe(false)
  expect(await listDrafts()).toEqual([])
})

test('creating a second draft with the same id is refused and keeps the first', async () => {
  await createDraft(campaign, 'a')
  await saveAnswers('a', { body: 'x' }, 'texto')
  await expect(createDraft(campaign, 'a')).rejects.toMatchObject({ code: 'storage_failed' })
  expect((await getDraft('a'))?.answers).toEqual({ body: 'x' })
})

/** Stores a sealed video of three chunks. */
async function seal(submissionId: string): Promise<void> {
  const media_id = `media-${submissionId}`
  await db.media.add({
    id: media_id,
    submission_id: submissionId,
    state: 'sealed',
    bytes: 3,
    mime: 'video/mp4',
    sha256: 'a'.repeat(64),
    staged_at: 0,
    upload_url: null,
    offset: 0,
    attempts: 0,
    not_before: 0,
    code: null,
    paused: false,
    wifi_only: false,
  })
  await db.mediaChunks.bulkAdd([0, 1, 2].map((seq) => ({ media_id, seq, data: new ArrayBuffer(1) })))
}
const kept = async () => [
  await db.drafts.toCollection().primaryKeys(),
  await db.media.toCollection().primaryKeys(),
  await db.mediaChunks.count(),
]

test('discarding a draft deletes every byte of its video, and of no other', async () => {
  for (const id of ['a', 'ab']) {
    await createDraft({ ...campaign, kind: 'videos' }, id)
    await seal(id)
  }
  await discardDraft('a')
  expect(await kept()).toEqual([['ab'], ['media-ab'], 3])
})

test('when the video’s bytes cannot be deleted, the discarded draft stays', async () => {
  await createDraft({ ...campaign, kind: 'videos' }, 'a')
  await seal('a')
  const fail = () => {
    throw new Error('disk')
  }
  db.mediaChunks.hook('deleting', fail)
  await expect(discardDraft('a')).rejects.toMatchObject({ code: 'storage_failed' })
  db.mediaChunks.hook('deleting').unsubscribe(fail)
  expect(await kept()).toEqual([['a'], ['media-a'], 3])
})

test('discarding the draft of a submission that another tab sent keeps the video', async () => {
  await seal('a')
  await saveItem({
    id: 'a',
    kind: 'videos',
    convocatoria_id: 'c1',
    title: 'Mi calle',
    secret: 'secret',
    folio: null,
    created_at: '2026-11-01T00:00:00Z',
  })
  await discardDraft('a')
  expect(await kept()).toEqual([[], ['media-a'], 3])
})

test('forgetting the draft of an enqueued submission keeps its video', async () => {
  await createDraft({ ...campaign, kind: 'videos' }, 'a')
  await seal('a')
  await forgetDraft('a')
  expect(await kept()).toEqual([[], ['media-a'], 3])
})
