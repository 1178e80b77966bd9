import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { island } from '@/features/jornadas/staff/island'
import type { StaffRole } from '@/domain/staffRows'
import { registerStaffKinds } from '../kinds'
import { barOf, listParts } from './parts'

registerStaffKinds([island])
/** The parts that these roles open; second reviews only where one waits. */
const partsOf = (held: StaffRole[], hasSecond = false) =>
  listParts().filter(
    ({ name, roles }) =>
      roles.some((role) => held.includes(role)) && (hasSecond || name !== 'staff-second-reviews'),
  )
const bar = (held: StaffRole[], hasSecond = false) =>
  barOf(partsOf(held, hasSecond), (role) => held.includes(role)).map(({ name }) => name.replace('staff-', ''))

test.each<[StaffRole[], string[]]>([
  [['moderator'], ['queue', 'registrations', 'door', 'campaigns']],
  [['coordinator'], ['queue', 'registrations', 'door', 'campaigns']],
  [['auditor'], ['queue', 'registrations', 'campaigns', 'log']],
  [['admin'], ['queue', 'registrations', 'campaigns', 'people']],
])('the bar of a phone has the daily work of %j, in the order of the menu', (held, names) => {
  expect(bar(held)).toEqual(names)
})

test.each<StaffRole>(['moderator', 'coordinator'])(
  'a second review that waits moves no entry of the bar of a %s',
  (role) => expect(bar([role], true)).toEqual(bar([role])),
)
