import { describe, expect, test } from 'vitest'
import type { OutboxOp } from '@/data/db'
import type { KeptList } from './keptLists'
import type { DoorLine, Jornada } from '@/features/jornadas/registration'
import { countPeople, figuresOf, findPeople, mergePeople } from './people'

const DAY = 'd1'
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
const kept = (items: DoorLine[], marks: KeptList['marks'] = {}): KeptList => ({
  at: '2026-11-26T15:40:00Z',
  list: { jornada: { id: DAY } as Jornada, items },
  marks,
})
const at = '2026-11-26T16:00:00.000Z'
const checkIn = (id: string, state: OutboxOp['state'] = 'queued') =>
  ({
    op_id: `op-${id}`,
    kind: 'door.check_in',
    entity_id: id,
    state,
    payload: { jornada_id: DAY, code: null, at },
  }) as OutboxOp
const later = '2026-11-26T18:00:00.000Z'
const checkOut = (id: string, state: OutboxOp['state'] = 'queued') =>
  ({
    ...checkIn(id, state),
    kind: 'door.check_out',
    payload: { jornada_id: DAY, code: null, at: later },
  }) as OutboxOp
const stays = (id: string) =>
  ({ ...checkIn(id), kind: 'door.undo_check_out', payload: { jornada_id: DAY, left_at: later } }) as OutboxOp
const walkIn = (id: string, state: OutboxOp['state'] = 'queued') =>
  ({
    ...checkIn(id, state),
    kind: 'door.walk_in',
    payload: { jornada_id: DAY, at, display_name: 'Wanda Sin Registro', body_name: 'Secretaría' },
  }) as OutboxOp
const undone = (id: string, state: OutboxOp['state'] = 'queued') =>
  ({
    op_id: `undo-${id}`,
    kind: 'door.undo_check_in',
    entity_id: id,
    state,
    payload: { jornada_id: DAY, arrived_at: at },
  }) as OutboxOp
const attended = { status: 'attended', checked_in_at: '2026-11-26T15:59:00Z' } as const
const stateOf = (...args: Parameters<typeof mergePeople>) => {
  const [{ state, at: when } = { state: null, at: null }] = mergePeople(...args)
  return [state, when]
}

describe('the list as this phone knows it', () => {
  test.each([
    ['a person whom nobody marked', kept([line('a')]), [], [], ['confirmed', null]],
    [
      'a person on the waiting list',
      kept([line('a', { status: 'waiting', pass_hash: null })]),
      [],
      [],
      ['waiting', null],
    ],
    ['a person marked on this phone', kept([line('a')]), [checkIn('a')], [], ['unsent', at]],
    ['a check-in that is being sent', kept([line('a')]), [checkIn('a', 'sending')], [], ['unsent', at]],
    [
      'a check-in that waits for a session',
      kept([line('a')]),
      [checkIn('a', 'blocked_auth')],
      [],
      ['unsent', at],
    ],
    ['a refused check-in', kept([line('a')]), [checkIn('a', 'needs_person')], [], ['refused', at]],
    ['an arrival in the list', kept([line('a', attended)]), [], [], ['attended', attended.checked_in_at]],
    [
      'a person marked on this phone and before on another one',
      kept([line('a', attended)]),
      [checkIn('a')],
      [],
      ['attended', attended.checked_in_at],
    ],
    [
      'a check-in accepted after the list was read',
      kept([line('a')]),
      [],
      [line('a', { ...attended, version: 2 })],
      ['attended', attended.checked_in_at],
    ],
    [
      'a check-in accepted for another day, with another pass',
      kept([line('a')]),
      [],
      [line('a', { ...attended, version: 2, pass_hash: 'hash-other-day' })],
      ['confirmed', null],
    ],
    [
      'a verdict older than the list',
      kept([line('a', { version: 3 })]),
      [],
      [line('a', { ...attended, version: 2 })],
      ['confirmed', null],
    ],
    [
      'somebody with a signed pass whom the list does not have',
      kept([], { a: { at, line: line('a', { version: 0 }) } }),
      [checkIn('a')],
      [],
      ['unsent', at],
    ],
    [
      'somebody whom the list does not have, once the server took the arrival',
      kept([], { a: { at, line: line('a', { version: 0 }) } }),
      [],
      [line('a', { ...attended, version: 2 })],
      ['attended', attended.checked_in_at],
    ],
    [
      'a check-in whose verdict was forgotten before the list was read again',
      kept([line('a')], { a: { at, line: line('a') } }),
      [],
      [],
      ['attended', at],
    ],
    [
      'an arrival in the list that this phone takes back',
      kept([line('a', attended)]),
      [undone('a')],
      [],
      ['confirmed', null],
    ],
    [
      'a check-in that is being sent, taken back',
      kept([line('a')]),
      [checkIn('a', 'sending'), undone('a')],
      [],
      ['confirmed', null],
    ],
    [
      'a person who arrives after all',
      kept([line('a', attended)]),
      [undone('a'), checkIn('a')],
      [],
      ['unsent', at],
    ],
    [
      'somebody who left',
      kept([line('a', { ...attended, left_at: later })]),
      [],
      [],
      ['left', attended.checked_in_at],
    ],
    [
      'somebody who leaves',
      kept([line('a', attended)]),
      [checkOut('a')],
      [],
      ['left_unsent', attended.checked_in_at],
    ],
    [
      'somebody who came and left without signal',
      kept([line('a')]),
      [checkIn('a'), checkOut('a')],
      [],
      ['left_unsent', at],
    ],
    ['somebody whom nobody saw coming', kept([line('a')]), [checkOut('a')], [], ['left_unsent', later]],
    [
      'somebody who comes again',
      kept([line('a', { ...attended, left_at: at })]),
      [checkIn('a')],
      [],
      ['unsent', attended.checked_in_at],
    ],
    [
      'somebody whose departure is taken back',
      kept([line('a', { ...attended, left_at: later })]),
      [stays('a')],
      [],
      ['attended', attended.checked_in_at],
    ],
    [
      'a refused departure',
      kept([line('a', attended)]),
      [checkOut('a', 'needs_person')],
      [],
      ['attended', attended.checked_in_at],
    ],
    [
      'a walk-in whose verdict came after the list',
      kept([line('a', { walk_in: true, pass_hash: null, status: 'waiting' })]),
      [],
      [line('a', { walk_in: true, ...attended, version: 2 })],
      ['attended', attended.checked_in_at],
    ],
    [
      'an arrival that the server did not take back',
      kept([line('a', attended)]),
      [undone('a', 'needs_person')],
      [],
      ['attended', attended.checked_in_at],
    ],
    [
      'an arrival that the server took back after the list was read',
      kept([line('a', { ...attended, version: 2 })]),
      [],
      [line('a', { version: 3 })],
      ['confirmed', null],
    ],
  ] as const)('the state of %s', (_, list, ops, verdicts, expected) =>
    expect(stateOf(list, [...ops], [...verdicts])).toEqual(expected),
  )

  test('a person removed from the list stays at its end while their check-in is on this phone', () => {
    const list = kept([line('a')], { b: { at, line: line('b', { name: 'Bea' }) } })
    expect(mergePeople(list, [checkIn('b', 'needs_person')], []).map(({ line: { name } }) => name)).toEqual([
      'Ana Núñez Peña',
      'Bea',
    ])
    expect(mergePeople(list, [], [])).toHaveLength(1)
  })

  test('somebody without a registration stands at the end of the list until the server knows them', () => {
    const [first, second] = mergePeople(kept([line('a')]), [walkIn('w')], [])
    expect([first!.line.submission_id, second!.line.name, second!.state]).toEqual([
      'a',
      'Wanda Sin Registro',
      'unsent',
    ])
    expect(mergePeople(kept([]), [walkIn('w', 'needs_person')], [])[0]!.state).toBe('refused')
    expect(mergePeople(kept([line('w', { walk_in: true })]), [walkIn('w')], [])).toHaveLength(1)
  })

  test('the figures count what this phone has not sent, and a walk-in of it as one free seat less', () => {
    const list = kept([
      line('a'),
      line('b'),
      line('c', attended),
      line('d', { ...attended, left_at: later }),
      line('e', { status: 'waiting', pass_hash: null }),
      line('f', attended),
    ])
    const people = mergePeople(list, [checkIn('b'), checkOut('f'), walkIn('w')], [])
    expect(figuresOf(people, 3)).toEqual({ inside: 3, left: 2, expected: 1, waiting: 1, free: 2 })
    expect([figuresOf(people, 0).free, figuresOf(people, null).free]).toEqual([0, null])
  })

  test('countPeople counts the arrivals among the people with a seat', () => {
    const list = kept([
      line('a'),
      line('b'),
      line('c', attended),
      line('d', { status: 'waiting', pass_hash: null }),
      line('e'),
    ])
    const people = mergePeople(list, [checkIn('b'), checkIn('e', 'needs_person')], [])
    expect(countPeople(people)).toEqual({ arrived: 2, seats: 3 })
  })
})

describe('the search', () => {
  const people = mergePeople(
    kept([line('a'), line('b', { folio: 'JO-2026-000107-3', name: 'Íñigo de la Peña' })]),
    [],
    [],
  )
  test.each([
    ['', ['a', 'b']],
    ['   ', ['a', 'b']],
    ['nunez', ['a']],
    ['PEÑA', ['a', 'b']],
    ['pena inigo', ['b']],
    ['eña', []],
    ['JO-2026-000107-3', ['b']],
    ['jo20260001073', ['b']],
    ['jo 2026 000107 3', ['b']],
    ['107-3', ['b']],
    ['42', ['a']],
    ['JO-2026-999999-9', []],
    ['zoe', []],
  ])('the search «%s» finds %j', (query, expected) =>
    expect(findPeople(people, query).map(({ line: { submission_id } }) => submission_id)).toEqual(expected),
  )
})
