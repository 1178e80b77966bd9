/** Who counts as being in the hall where a day has seats online too, or people wait for approval. */
import { expect, test } from 'vitest'
import type { OutboxOp } from '@/data/db'
import type { DoorLine, Jornada } from '@/features/jornadas/registration'
import type { KeptList } from './keptLists'
import { countPeople, figuresOf, mergePeople } from './people'

const at = '2026-11-26T16:00:00.000Z'
const attended = { status: 'attended', checked_in_at: at } as const
const line = (id: string, change: Partial<DoorLine> = {}): DoorLine => ({
  submission_id: id,
  folio: 'JO-2026-000042-7',
  name: 'Ana Núñez Peña',
  body: 'Secretaría',
  status: 'confirmed',
  pass_hash: `hash-${id}`,
  checked_in_at: null,
  version: 1,
  ...change,
})
const kept = (items: DoorLine[]): KeptList => ({
  at,
  list: { jornada: { id: 'd1' } as Jornada, items },
  marks: {},
})
const checkIn = (id: string) =>
  ({
    op_id: `op-${id}`,
    kind: 'door.check_in',
    entity_id: id,
    state: 'queued',
    payload: { jornada_id: 'd1', code: null, at },
  }) as OutboxOp

test('whoever attends online is not of the hall unless they came, and a held place is expected', () => {
  const online = line('a', { online: true })
  const list = kept([
    online,
    line('b', { online: true, ...attended }),
    line('c', { status: 'waiting', pending: true }),
  ])
  const people = mergePeople(list, [], [])
  expect(people.map(({ state }) => state)).toEqual(['confirmed', 'attended', 'pending'])
  expect(figuresOf(people, 3)).toEqual({ inside: 0, left: 0, expected: 1, waiting: 0, free: 3 })
  expect(countPeople(people)).toEqual({ arrived: 0, seats: 1 })
  const came = mergePeople(kept([online]), [checkIn('a')], [])
  expect(figuresOf(came, 3)).toMatchObject({ inside: 1, free: 2 })
  const op = checkIn('a')
  const watched = mergePeople(
    kept([online]),
    [{ ...op, payload: { ...(op.payload as object), online: true } }],
    [],
  )
  expect(figuresOf(watched, 3)).toMatchObject({ inside: 0, free: 3 })
})
