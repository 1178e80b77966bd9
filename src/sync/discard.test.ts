import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { getDraft, listDrafts } from '@/data/drafts'
import { getSubmission, listSubmissions } from '@/data/submissions'
import { discardOp, reopenRefused, retryOp, retryRefused } from './discard'
import { makeOp } from './enqueue'
import { later, Phone, secretOf, silent, submit, wipe } from './testing/phone'

beforeEach(wipe)

const refused = { text: 'short', refuse: 'body_too_short' }

test('a refused submission becomes a draft with all its answers', async () => {
  const phone = new Phone()
  await submit('s1', refused)
  await later('s1', { text: '' }, 'submission.withdraw')
  await phone.cycle()
  expect(await reopenRefused('s1')).toBe('s1')
  expect(await getDraft('s1')).toMatchObject({ kind: 'propuestas', convocatoria_id: 'c1', answers: refused })
  expect(await listSubmissions()).toEqual([])
  expect(await db.outbox.count()).toBe(0)
  expect(await db.overlay.count()).toBe(0)
})

test('a reopened draft can be sent again under the same id', async () => {
  const phone = new Phone()
  await submit('s1', refused)
  await phone.cycle()
  await reopenRefused('s1')
  await submit('s1', { text: 'long enough now' })
  await phone.cycle()
  expect(await getSubmission('s1')).toMatchObject({ chip: 'received', refusal: null })
  expect(phone.server.effects.map((one) => one.text)).toEqual(['long enough now'])
})

test('a refused correction becomes a draft, and the submission stays', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'first' })
  await later('s1', refused)
  await phone.cycle()
  expect(await reopenRefused('s1')).toBe('s1')
  expect(await getDraft('s1')).toMatchObject({ answers: refused })
  expect(await getSubmission('s1')).toMatchObject({ chip: 'received', pending: [] })
})

test('without a refused op, reopening and retrying change nothing', async () => {
  await submit('s1', { text: 'on its way' })
  expect(await reopenRefused('s1')).toBeNull()
  expect(await retryRefused('s1', silent)).toBeNull()
  expect(await listDrafts()).toEqual([])
  expect(await db.outbox.count()).toBe(1)
})

test('a refused payload that is sent again is a new op with the old place in the queue', async () => {
  const phone = new Phone()
  const first = await submit('s1', refused)
  await later('s1', { text: 'second' })
  await phone.cycle()
  const again = await retryRefused('s1', silent)
  expect(again).not.toBe(first)
  const ops = await db.outbox.orderBy('seq').toArray()
  expect(ops).toMatchObject([
    { op_id: again, payload: refused, state: 'queued', code: null },
    { state: 'queued' },
  ])
})

test('an op sent again after a conflict replaces the version that the person was shown', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'theirs' })
  await later('s1', { text: 'mine', conflict: true })
  await phone.cycle()
  await db.outbox.toCollection().modify((op) => {
    Object.assign(op.current!, { version: 4, content: { body: 'newer than what was read' } })
  })
  expect((await getSubmission('s1'))?.row).toMatchObject({
    version: 4,
    content: { body: 'newer than what was read' },
  })
  await retryRefused('s1', silent)
  expect(await db.outbox.toArray()).toMatchObject([{ expected_version: 4, current: null }])
})

test('an op whose new one does not fit on the disk stays as it was', async () => {
  const phone = new Phone()
  const opId = await submit('s1', refused)
  await phone.cycle()
  const before = await db.outbox.toArray()
  const full = vi.spyOn(db.overlay, 'put').mockRejectedValueOnce(new DOMException('', 'QuotaExceededError'))
  await expect(retryOp(opId, silent)).rejects.toMatchObject({ code: 'storage_full' })
  full.mockRestore()
  expect(await db.outbox.toArray()).toEqual(before)
  expect(await retryOp(opId, silent)).not.toBeNull()
  expect(await db.outbox.toArray()).toMatchObject([{ payload: refused, state: 'queued' }])
})

test('an op can be discarded, but not while it is being sent', async () => {
  const opId = await submit('s1', { text: 'x' })
  await db.outbox.toCollection().modify({ state: 'sending' })
  expect(await discardOp(opId)).toBe(false)
  await db.outbox.toCollection().modify({ state: 'needs_person' })
  expect(await discardOp(opId)).toBe(true)
  expect(await db.outbox.count()).toBe(0)
  expect(await listSubmissions()).toEqual([])
})

const ENDS: [how: string, end: (opId: string) => Promise<unknown>][] = [
  ['is sent again', () => retryRefused('s1', silent)],
  ['becomes a draft again', () => reopenRefused('s1')],
  ['is discarded', discardOp],
]

test.each(ENDS)(
  'under a long transaction the screen keeps the row of a conflict when its op %s',
  async (_, end) => {
    const phone = new Phone()
    const version = async () => (await getSubmission('s1'))?.row?.version
    const verdictOverlays = () => db.overlay.filter(({ xid }) => xid !== null).count()
    await submit('s1', { text: 'theirs' })
    await phone.cycle()
    const slow = phone.server.beginWriter()
    const ofOtherPhone = { kind: 'propuesta.correct' as const, entity_id: 's1', secret: secretOf('s1') }
    phone.server.applyOps([makeOp({ ...ofOtherPhone, payload: { text: 'changed' } }, '')])
    const opId = await later('s1', { text: 'mine', conflict: true })
    await phone.cycle()
    expect(await version()).toBe(2)
    expect(await db.base.get(['mine:s1', 'submission', 's1'])).toMatchObject({ row: { version: 1 } })
    await end(opId)
    expect(await version()).toBe(2)
    await phone.cycle()
    expect(await version()).toBe(2)
    expect(await verdictOverlays()).toBeGreaterThan(0)
    slow.commit('p0', 0)
    await phone.cycle()
    expect(await version()).toBe(2)
    expect(await verdictOverlays()).toBe(0)
  },
)
