import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { db, type OutboxOp } from './db'
import { getItem, removeFromPhone, saveItem, type Item } from './items'
import { getSubmission, listSubmissions, readSubmissions } from './submissions'
import { breakReading } from './testing/breakReading'

beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))

const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: 'propuestas',
  convocatoria_id: 'c1',
  title: 'Mi texto',
  secret: 'secret',
  folio: null,
  created_at: '2026-11-01T00:00:00Z',
  ...more,
})
const row = (id: string, version: number, state = 'received') =>
  ({ id, version, state, folio: 'PR-2026-000001-1', convocatoria_title: 'Consulta' }) as SubmissionRow
const op = (entity_id: string, more: Partial<OutboxOp> = {}): Omit<OutboxOp, 'seq'> => ({
  op_id: crypto.randomUUID(),
  v: 1,
  kind: 'propuesta.submit',
  entity_id,
  payload: {},
  captured_at: '2026-11-01T00:00:00Z',
  actor: null,
  state: 'queued',
  attempts: 0,
  not_before: 0,
  alone: false,
  code: null,
  field: null,
  current: null,
  ...more,
})
const base = (id: string, version: number, state?: string) =>
  db.base.put({ scope: `mine:${id}`, entity: 'submission', id, row: row(id, version, state) })
const overlay = (id: string, version: number, actor: string | null = null) =>
  db.overlay.put({ op_id: crypto.randomUUID(), entity_id: id, actor, row: row(id, version), xid: '9', at: 0 })

test('submissions are listed with the newest first', async () => {
  await saveItem(item('a'))
  await saveItem(item('b', { created_at: '2026-11-02T00:00:00Z' }))
  expect((await listSubmissions()).map((view) => view.id)).toEqual(['b', 'a'])
})

test.each([
  ['queued', 'unsent'],
  ['retry_wait', 'unsent'],
  ['sending', 'sending'],
  ['needs_person', 'needs_attention'],
] as const)('a submission whose op is %s has the chip %s and no folio', async (state, chip) => {
  await saveItem(item('a'))
  await db.outbox.add(op('a', { state }))
  expect(await getSubmission('a')).toMatchObject({ chip, folio: null, row: null })
})

test('a registration’s chip shows its seats, or «unsent» while an op about a day waits', async () => {
  await saveItem(item('a', { kind: 'jornadas' }))
  const seats = [{ status: 'confirmed' }, { status: 'offered' }]
  await db.base.put({
    scope: 'mine:a',
    entity: 'submission',
    id: 'a',
    row: { ...row('a', 1), kind: 'jornadas', content: { seats } },
  })
  expect(await getSubmission('a')).toMatchObject({ chip: 'seat_offered' })
  await db.outbox.add(op('a', { kind: 'registration.accept_offer' }))
  expect(await getSubmission('a')).toMatchObject({ chip: 'unsent' })
})

test('a waiting op sets the chip, and the server’s row is still shown', async () => {
  await saveItem(item('a'))
  await base('a', 1)
  await db.outbox.add(op('a', { kind: 'submission.withdraw' }))
  expect(await getSubmission('a')).toMatchObject({
    chip: 'unsent',
    row: { state: 'received' },
    pending: [{ kind: 'submission.withdraw' }],
  })
})

test('the row with the highest version of base and verdicts is shown', async () => {
  await saveItem(item('a'))
  await base('a', 2, 'in_review')
  await overlay('a', 1)
  expect(await getSubmission('a')).toMatchObject({ chip: 'in_review' })
  await overlay('a', 3)
  expect(await getSubmission('a')).toMatchObject({ chip: 'received', row: { version: 3 } })
})

test('a verdict’s row is shown rather than the base’s row of the same version', async () => {
  const media = (status: string) => ({ ...row('a', 1), kind: 'videos', content: { media: { status } } })
  await saveItem(item('a', { kind: 'videos' }))
  await db.base.put({ scope: 'mine:a', entity: 'submission', id: 'a', row: media('awaiting_upload') })
  expect(await getSubmission('a')).toMatchObject({ chip: 'video_missing' })
  for (const [at, status] of ['awaiting_upload', 'attached'].entries()) {
    const serverRow = media(status) as unknown as SubmissionRow
    await db.overlay.put({
      op_id: crypto.randomUUID(),
      entity_id: 'a',
      actor: null,
      row: serverRow,
      xid: '9',
      at,
    })
  }
  expect(await getSubmission('a')).toMatchObject({ chip: 'received' })
})

test('an unreadable overlay does not make its submission broken', async () => {
  await saveItem(item('s1'))
  await db.overlay.put({ op_id: 'bad', entity_id: 's1', actor: null, row: null, xid: '1', at: 0 })
  const mend = breakReading(db.overlay, ({ op_id }) => op_id === 'bad')
  try {
    expect(await readSubmissions()).toMatchObject({ broken: [], views: [{ id: 's1' }] })
  } finally {
    mend()
  }
})

test('staff ops and verdicts on this phone are not shown to the author', async () => {
  await saveItem(item('a'))
  await overlay('a', 9, 'ana')
  await db.outbox.add(op('a', { actor: 'ana', kind: 'review.decide' }))
  expect(await getSubmission('a')).toMatchObject({ row: null, pending: [] })
})

test('a link opened on this phone counts as received until its row is read', async () => {
  await saveItem(item('a', { folio: 'PR-2026-000001-1' }))
  expect(await getSubmission('a')).toMatchObject({ chip: 'received', folio: 'PR-2026-000001-1' })
})

test('a submission without a row has the title of its campaign on this phone', async () => {
  await saveItem(item('a'))
  await db.base.put({ scope: 'public', entity: 'convocatoria', id: 'c1', row: { title: 'La consulta' } })
  expect(await getSubmission('a')).toMatchObject({ convocatoria_title: 'La consulta' })
})

test('removing a submission from the phone deletes all its rows and keeps those of another', async () => {
  for (const id of ['a', 'ab']) {
    await saveItem(item(id))
    await base(id, 1)
    await overlay(id, 1)
    await db.cursors.put({ scope: `mine:${id}`, cursor: '1.0' })
  }
  expect(await removeFromPhone('a')).toBe(true)
  expect(await getItem('a')).toBeUndefined()
  const scopes = [await db.base.toArray(), await db.cursors.toArray()].map((rows) =>
    rows.map((one) => one.scope),
  )
  expect(scopes).toEqual([['mine:ab'], ['mine:ab']])
  expect((await db.overlay.toArray()).map((one) => one.entity_id)).toEqual(['ab'])
})

test.each(['queued', 'needs_person'] as const)(
  'a submission whose op is %s is not removed',
  async (state) => {
    await saveItem(item('a'))
    await db.outbox.add(op('a', { state }))
    expect(await removeFromPhone('a')).toBe(false)
    expect(await getItem('a')).toBeDefined()
  },
)

test('a link saved without a kind gets the kind of its row', async () => {
  await saveItem(item('a', { kind: '' }))
  expect(await getSubmission('a')).toMatchObject({ kind: '' })
  const serverRow = { ...row('a', 1), kind: 'videos', content: { media: { status: 'awaiting_upload' } } }
  await db.base.put({ scope: 'mine:a', entity: 'submission', id: 'a', row: serverRow })
  expect(await getSubmission('a')).toMatchObject({ kind: 'videos', chip: 'video_missing' })
})

test('the chip of a row of an unknown kind is its state', async () => {
  await saveItem(item('a', { kind: 'encuestas' }))
  const serverRow = { ...row('a', 1, 'in_review'), kind: 'encuestas', content: { anything: 1 } }
  await db.base.put({ scope: 'mine:a', entity: 'submission', id: 'a', row: serverRow })
  expect(await getSubmission('a')).toMatchObject({ kind: 'encuestas', chip: 'in_review' })
})
