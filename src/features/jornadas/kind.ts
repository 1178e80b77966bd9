/** The description of the jornadas for shared code. */
import type { KindTraits } from '@/domain/kinds'
import type { OpTraits } from '@/domain/ops'
import { textIn } from '@/domain/text'
import type { Feed, Refused } from '../../../supabase/functions/calendar/handler'
import type { AttendanceFigures, RegisteredLetter } from './attendance'
import type { ConstanciaFigures } from './constancia'
import type { DayChangePreview } from './dayChange'
import type { LiaisonFigures } from './liaisons'
import type {
  DoorLine,
  DoorList,
  JornadaDay,
  JornadaDetails,
  RegistrationContent,
  Registry,
  Reminder,
  Seat,
  StaffRegistrationContent,
} from './registration'
import type { RegistrationPage, SetApartPage } from './registrationList'
import type { SurveyResults } from './surveyWire'

/** Ops that give or return seats lock the day. */
const ops = {
  'registration.submit': { submits: true, locks: true, v: 2 },
  'registration.cancel_day': { locks: true },
  'registration.accept_offer': { locks: true },
  'registration.move_day': { locks: true },
  'survey.answer': {},
  /** Staff spoke with the person by telephone. */
  'registration.confirm': { locks: true },
  /** The code of the pass is a secret and is not kept. */
  'door.check_in': { v: 3, kept: (payload) => ({ ...payload, code: null }) },
  'door.check_out': { kept: (payload) => ({ ...payload, code: null }) },
  /** It has a name, so no copy of it stays on the phone once the server has it. */
  'door.walk_in': { locks: true },
  'door.undo_check_in': {},
  'door.undo_check_out': {},
  /** What the coordination does on somebody's behalf. */
  'registration.amend': { locks: true },
  'registration.release': { locks: true },
  'registration.reassign': { locks: true, v: 2 },
  'registration.substitute': { locks: true },
  'registration.approve': { locks: true },
  'registration.undo_approve': { locks: true },
  'registration.enter': { locks: true, v: 2 },
  'registration.seat': { locks: true },
  'constancia.reissue': { locks: true },
  'constancia.revoke': { locks: true },
  'jornada.reschedule': { v: 3 },
} as const satisfies Record<string, OpTraits>

declare module '@/domain/kinds' {
  interface CampaignKinds {
    jornadas: {
      op: keyof typeof ops
      content: RegistrationContent
      staffContent: StaffRegistrationContent
      details: JornadaDetails
      answers: {
        admit_registrations: { admitted: number }
        change_modality: Pick<Seat, 'status' | 'place'>
        calendar_feed: Feed | Refused
        choose_calendar: { calendar: string | null }
        attendance_figures: AttendanceFigures
        choose_reminders: { reminders: Reminder[] }
        constancia_figures: { items: ConstanciaFigures[] }
        door_list: DoorList
        issue_constancia: { serial: string }
        issue_constancias: { issued: number; left: number }
        jornada_days: { items: JornadaDay[] }
        join_day: { link: string }
        keep_seat: { kept: true }
        liaison_figures: LiaisonFigures
        letter_register: { items: RegisteredLetter[]; next: number | null }
        list_bodies: Registry
        list_registrations: RegistrationPage
        list_set_apart: SetApartPage
        preview_day_change: DayChangePreview
        revoked_constancias: { text: string; signature: string }
        remove_survey_text: { removed: number }
        release_colleague: { released: true }
        substitute_colleague: { substituted: true }
        substitute_delegate: { substituted: true }
        settle_constancias: { signed: number }
        settle_passes: { signed: number }
        settle_revocations: { kept: boolean }
        survey_results: SurveyResults
        take_constancias: { number: number; text: string }[]
        take_passes: { submission_id: string; jornada_id: string; content: string }[]
        take_revocations: object | null
        write_to_liaisons: { sent: number; left: number }
      }
      publicRead: 'list_bodies' | 'revoked_constancias'
      row: DoorLine | JornadaDay
    }
  }
}

/** The chip shows the first of these that any day has: what needs the person first, then what is still open. */
const SEATS = ['offered', 'held', 'waiting', 'confirmed', 'attended', 'cancelled'] as const

const chipOf = ({ status, held_until }: Seat): (typeof SEATS)[number] =>
  status === 'confirmed' && held_until ? 'held' : status

/** The `staffPrefix` of the door's lists. */
export const DOOR_PREFIX = 'door:'

export const kind: KindTraits<'jornadas'> = {
  name: 'jornadas',
  place: 3,
  folioPrefix: 'JO',
  ops,
  publicReads: { list_bodies: 'stale-while-revalidate', revoked_constancias: 'network-first' },
  staffPrefix: DOOR_PREFIX,
  titleOf: ({ body_name }) => textIn(body_name),
  textOf: () => '',
  chipOf({ seats }) {
    const first = SEATS.find((status) => seats.some((seat) => chipOf(seat) === status))
    return first && `seat_${first}`
  },
}
