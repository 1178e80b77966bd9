import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db, type Item } from '@/data/db'
import { mineScope } from '@/data/items'
import { STATES } from '@/domain/states'
import { awaitsAnswer } from './due'

beforeEach(async () => {
  await db.items.clear()
  await db.base.clear()
})

async function keep(id: string, state: string | null, more: Partial<Item> = {}): Promise<void> {
  const created_at = '2026-11-01T12:00:00Z'
  const item = {
    id,
    kind: 'propuestas',
    convocatoria_id: 'c',
    title: 't',
    secret: 's',
    folio: null,
    created_at,
  }
  await db.items.put({ ...item, ...more })
  if (state) await db.base.put({ scope: mineScope(id), entity: 'submission', id, row: { state } })
}

test('a phone without submissions awaits nothing', async () => {
  expect(await awaitsAnswer()).toBe(false)
})

test.each(STATES)(
  'a submission that is %s awaits an answer unless nobody decides on it any more',
  async (state) => {
    await keep('a', state)
    const isOpen = ['received', 'in_review', 'correction_requested', 'accepted'].includes(state)
    expect(await awaitsAnswer()).toBe(isOpen)
  },
)

test('an undecided submission beside decided ones, and one that was never read, await an answer', async () => {
  await keep('a', 'rejected')
  await keep('b', 'in_review')
  expect(await awaitsAnswer()).toBe(true)
  await keep('b', 'published')
  expect(await awaitsAnswer()).toBe(false)
  await keep('c', null)
  expect(await awaitsAnswer()).toBe(true)
})

test('a decision of the last two minutes may be undone, so its author awaits that', async () => {
  await keep('a', 'rejected')
  const decided = async (ms: number) => {
    const messages = [{ at: new Date(Date.now() - ms).toISOString() }]
    await db.base.update([mineScope('a'), 'submission', 'a'], { row: { state: 'rejected', messages } })
    return awaitsAnswer()
  }
  expect(await decided(119_000)).toBe(true)
  expect(await decided(121_000)).toBe(false)
})

test('a submission that the server does not know awaits nothing', async () => {
  await keep('a', null, { denied: true })
  expect(await awaitsAnswer()).toBe(false)
})
