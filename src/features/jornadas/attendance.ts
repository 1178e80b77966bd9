/** The attendance of a campaign on the wire. */

/** A day of `attendance_figures`. `absent`: confirmed seats of people who did not come; 0 until the day is over. */
export interface AttendedDay {
  id: string
  title: string
  speaker: string
  group_name: string
  on_day: string | null
  is_over: boolean
  cancelled: boolean
  attended: number
  absent: number
  released: number // cancelled seats
}

/** A body of `attendance_figures`. Seats, not people: whoever comes on two days counts twice. */
export interface AttendedBody {
  id: string
  name: string
  class_name: string
  municipality: string | null
  registered: number
  attended: number
  absent: number
}

export interface AttendanceFigures {
  title: string
  days: AttendedDay[]
  bodies: AttendedBody[]
}

/** A line of `letter_register`. */
export interface RegisteredLetter {
  folio: string
  submission_id: string
  subject: string
  state: 'returned' | 'arrived' | 'sent' | 'failed' | 'doubtful' | 'retrying' | 'waiting'
  at: string
}
