/** The jornadas, as shared code knows them. */
import type { KindTraits } from '@/domain/kinds'
import type { OpTraits } from '@/domain/ops'
import { textIn } from '@/domain/text'
import type {
  DoorLine,
  DoorList,
  JornadaDay,
  JornadaDetails,
  RegistrationContent,
  Registry,
  Seat,
  StaffRegistrationContent,
} from './registration'

/** Seats are given under a lock. */
const ops = {
  'registration.submit': { submits: true, locks: true },
  'registration.cancel_day': { locks: true },
  'registration.accept_offer': { locks: true },
  /** Who came through the door, without the code of their pass. */
  'door.check_in': { kept: (payload) => ({ ...payload, code: null }) },
  'jornada.reschedule': {},
} as const satisfies Record<string, OpTraits>

declare module '@/domain/kinds' {
  interface CampaignKinds {
    jornadas: {
      op: keyof typeof ops
      content: RegistrationContent
      staffContent: StaffRegistrationContent
      details: JornadaDetails
      answers: { door_list: DoorList; jornada_days: { items: JornadaDay[] }; list_bodies: Registry }
      publicRead: 'list_bodies'
      row: DoorLine | JornadaDay
    }
  }
}

/** Of several days the one that asks something of the person speaks first, then what is still open. */
const SEATS: readonly Seat['status'][] = ['offered', 'waiting', 'confirmed', 'attended', 'cancelled']

/** See `staffPrefix`: the door's lists of each member. */
export const DOOR_PREFIX = 'door:'

export const kind: KindTraits<'jornadas'> = {
  name: 'jornadas',
  place: 3,
  folioPrefix: 'JO',
  ops,
  publicReads: { list_bodies: 'stale-while-revalidate' },
  staffPrefix: DOOR_PREFIX,
  titleOf: ({ body_name }) => textIn(body_name),
  textOf: () => '',
  chipOf({ seats }) {
    const first = SEATS.find((status) => seats.some((seat) => seat.status === status))
    return first && `seat_${first}`
  },
}
