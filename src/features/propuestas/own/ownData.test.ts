import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { material, ACTION } from '@/campaign/testing/material'
import { db } from '@/data/db'
import type { SubmissionRow } from '@/domain/rows'
import { changeKept } from '../supports/keptSupports'
import { choose } from '../taps/keptTaps'
import { ownData } from './ownData'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpc, rpcGet: rpc }))

const { id } = material.convocatoria
const row = { id: 's1', folio: 'PR-1', convocatoria_id: id } as SubmissionRow
const comments = [{ convocatoria_id: id, title: 'Consulta', body: 'Faltó un acuerdo.', state: 'published' }]

beforeEach(async () => {
  rpc.mockReset().mockResolvedValue({ items: comments })
  await Promise.all([db.items.clear(), db.meta.clear()])
  await choose(id, ACTION, 'yes')
  await choose(id, 'of another version', 'no')
  await choose(id, 'of another version', 'no') // taken back
  await changeKept(
    id,
    () => 'secreto',
    () => ['PR-2026-000007-1'],
  )
})

test('an author gets their comments, and what this phone answered by a tap and supports in the campaign', async () => {
  await db.items.put({
    id: 's1',
    kind: 'propuestas',
    convocatoria_id: id,
    title: '',
    secret: 'k',
    folio: 'PR-1',
    created_at: '',
  })
  const data = await ownData(row, 'k')
  expect(data).toEqual({
    comments,
    of_this_phone: { answers: { [ACTION]: 'yes' }, answers_sent: false, supports: ['PR-2026-000007-1'] },
  })
  expect(rpc.mock.lastCall!.slice(0, 2)).toEqual(['own_comments', { p_folio: 'PR-1', p_secret: 'k' }])
  expect(JSON.stringify(data)).not.toContain('secreto')
})

test('who looks at their folio on the phone of somebody else gets nothing of that phone', async () => {
  expect(await ownData(row, 'k')).toEqual({ comments })
})
