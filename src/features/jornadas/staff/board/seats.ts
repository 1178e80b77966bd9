/** The figures of jornadas in the answer of `campaign_board` (seat_figures and registration_figures). */
import type { CampaignBoard } from '@/domain/board'
import words from '@/i18n/es-MX/jornadasBoard.json'
import { translator } from '@/i18n/translator'

export const t = translator(words)

/** People of a day, up to 5,000 of a status; `capped`: some status has more. `held`: confirmed until a term ends. */
export interface DaySeats {
  id: string
  title: string
  group_name: string
  on_day: string | null
  starts_at: string | null
  capacity: number | null
  cancelled: boolean
  confirmed: number
  held: number
  pending?: number // held until the institution approves; absent in answers of before
  offered: number
  waiting: number
  attended: number
  set_apart: number
  capped: boolean
}

/** A class that may register: how many bodies it has, and how many of them registered. */
export interface ClassBodies {
  key: string
  name: string
  group_name: string
  bodies: number
  registered: number
}

interface JornadaFigures {
  days?: DaySeats[]
  /** Absent before the first count. */
  classes?: ClassBodies[]
}

export const figuresIn = ({ own }: CampaignBoard): JornadaFigures => own as JornadaFigures

const COUNTED = ['confirmed', 'held', 'waiting', 'attended'] as const

/** The people of all days together; whoever comes on two days counts twice. */
export function seatsIn(board: CampaignBoard): Record<(typeof COUNTED)[number], number> {
  const sum = { confirmed: 0, held: 0, waiting: 0, attended: 0 }
  for (const day of figuresIn(board).days ?? []) for (const name of COUNTED) sum[name] += day[name]
  return sum
}

/** Seats that nobody else can take. */
export const takenOf = ({ confirmed, held, pending = 0, offered, attended }: DaySeats): number =>
  confirmed + held + pending + offered + attended
