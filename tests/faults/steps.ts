/** The steps of a history: actions of people, and faults of network, processes, clock, storage and server. */
import fc from 'fast-check'
import { FAULTS, type NetworkFault, type Place } from '@/sync/testing/fakeNetwork'
import { BREAKAGES, type Breakage } from './breakages'

/** 0: a citizen's phone. 1: another phone of the same person. 2: another person's phone. */
export type PhoneIndex = 0 | 1 | 2

export const INTERFERENCES = ['cancel', 'restart', 'decide', 'deadlock'] as const
export type InterferenceName = (typeof INTERFERENCES)[number]

export type Step =
  | { do: 'submit'; phone: PhoneIndex; special: 'fine' | 'refused' | 'banned' }
  | { do: 'correct' | 'withdraw' | 'undo' | 'explode'; phone: PhoneIndex; entity: number }
  | { do: 'share' | 'resend' | 'reopen' | 'discard'; phone: PhoneIndex; entity: number }
  | { do: 'cycle'; phone: PhoneIndex | 3; faults: NetworkFault[]; interference: InterferenceName | null }
  | { do: 'crash'; phone: PhoneIndex | 3; after: number; faults: NetworkFault[] }
  | { do: 'crash_saving'; phone: PhoneIndex; after: number }
  | { do: 'freeze'; phone: PhoneIndex; fault: NetworkFault; place: Place }
  | { do: 'break'; phone: PhoneIndex; after: number; how: Breakage }
  | { do: 'evict'; phone: PhoneIndex }
  | { do: 'together' }
  | { do: 'decide'; entity: number; choice: number; offline: boolean }
  | { do: 'session'; who: 'moderator' | 'coordinator' | 'expired' | 'none' }
  | { do: 'right' | 'visible'; is: boolean }
  | { do: 'writer' | 'commit' | 'rollback' }
  | { do: 'lock' | 'revoke_link'; entity: number }
  | { do: 'unlock' | 'backup' | 'restore' }
  | { do: 'wait'; ms: number }
  | { do: 'clock'; phone: PhoneIndex | 3; ms: number }

export type On<K extends Step['do']> = Extract<Step, { do: K }>

const is = <const T>(value: T) => fc.constant(value)
const phone = fc.constantFrom<PhoneIndex[]>(0, 0, 0, 1, 1, 2)
const anyPhone = fc.constantFrom<(PhoneIndex | 3)[]>(0, 0, 0, 1, 1, 2, 3, 3)
const entity = fc.nat(9)
const faults = fc.array(fc.constantFrom(...FAULTS), { maxLength: 4 })
const DAY_MS = 86_400_000

const people: [weight: number, step: fc.Arbitrary<Step>][] = [
  [
    8,
    fc.record({
      do: is('submit'),
      phone,
      special: fc.constantFrom('fine', 'fine', 'fine', 'refused', 'banned'),
    }),
  ],
  [6, fc.record({ do: is('correct'), phone, entity })],
  [5, fc.record({ do: fc.constantFrom('withdraw', 'undo', 'undo'), phone, entity })],
  [1, fc.record({ do: is('explode'), phone, entity })],
  [4, fc.record({ do: is('share'), phone, entity })],
  [3, fc.record({ do: fc.constantFrom('resend', 'reopen', 'discard'), phone, entity })],
  [9, fc.record({ do: is('decide'), entity, choice: fc.nat(5), offline: fc.boolean() })],
] as [number, fc.Arbitrary<Step>][]

const interference = fc.constantFrom(null, null, null, ...INTERFERENCES)
const processes: [weight: number, step: fc.Arbitrary<Step>][] = [
  [8, fc.record({ do: is('cycle'), phone: anyPhone, faults: is([]), interference: is(null) })],
  [8, fc.record({ do: is('cycle'), phone: anyPhone, faults, interference })],
  [5, fc.record({ do: is('crash'), phone: anyPhone, after: fc.nat(60), faults })],
  [1, fc.record({ do: is('crash_saving'), phone, after: fc.nat(6) })],
  [
    3,
    fc.record({
      do: is('freeze'),
      phone,
      fault: fc.constantFrom(...FAULTS),
      place: fc.constantFrom('request', 'answer'),
    }),
  ],
  [2, fc.record({ do: is('break'), phone, after: fc.nat(60), how: fc.constantFrom(...BREAKAGES) })],
  [3, is({ do: 'together' })],
  [2, fc.record({ do: is('wait'), ms: fc.nat(600_000) })],
  [1, fc.record({ do: is('clock'), phone: anyPhone, ms: fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }) })],
] as [number, fc.Arbitrary<Step>][]

/** Rare, because each of them ends something that the other steps need. */
const disasters: [weight: number, step: fc.Arbitrary<Step>][] = [
  [3, fc.record({ do: fc.constantFrom('writer', 'commit', 'rollback') })],
  [2, fc.record({ do: is('lock'), entity })],
  [2, is({ do: 'unlock' })],
  [2, fc.record({ do: is('session'), who: fc.constantFrom('moderator', 'coordinator', 'expired', 'none') })],
  [1, fc.record({ do: fc.constantFrom('right', 'visible'), is: fc.boolean() })],
  [1, fc.record({ do: fc.constantFrom('backup', 'restore') })],
  [0.5, fc.record({ do: is('evict'), phone })],
  [0.5, fc.record({ do: is('revoke_link'), entity })],
] as [number, fc.Arbitrary<Step>][]

const WEIGHTED = [...people, ...processes, ...disasters]

export const step = fc.oneof(...WEIGHTED.map(([weight, arbitrary]) => ({ weight: weight * 2, arbitrary })))
