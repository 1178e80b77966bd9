import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from './db'
import { createDraft, discardDraft, forgetDraft, getDraft, listDrafts, saveAnswers } from './drafts'
import { saveItem } from './items'

const campaign = { id: 'c1', kind: 'propuestas', title: 'Consulta' } as const

beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))

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

/** A video of three rows sealed beside a draft. */
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

test('a draft thrown away takes every byte of its video with it, and of no other', async () => {
  for (const id of ['a', 'ab']) {
    await createDraft({ ...campaign, kind: 'videos' }, id)
    await seal(id)
  }
  await discardDraft('a')
  expect(await kept()).toEqual([['ab'], ['media-ab'], 3])
})

test('where the bytes cannot be deleted, the draft is still there', async () => {
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

test('what another tab sent meanwhile keeps its video when its draft is thrown away here', async () => {
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

test('a draft that was enqueued is forgotten without its video, which goes its own way', async () => {
  await createDraft({ ...campaign, kind: 'videos' }, 'a')
  await seal('a')
  await forgetDraft('a')
  expect(await kept()).toEqual([[], ['media-a'], 3])
})
