/** Fixtures of the jury's tests: jurors, accepted videos, and what jurors send. */
import { type Actor, callAs, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

export const CRITERIA = ['Relación con el pilar', 'Claridad', 'Experiencia propia', 'Útil para difundir']

/** Gives the call for videos a rubric of four criteria, and a closing that has passed. */
export const setRubric = (db: TestDatabase, gap = 25) =>
  db.pool.query(`update app.video_campaigns set rubric = $2, jury_gap = $3 where convocatoria_id = $1`, [
    vx.VIDEOS,
    JSON.stringify(CRITERIA.map((title) => ({ title, hint: null }))),
    gap,
  ])

/** A verified and accepted video of somebody who left a name and an address. */
export async function accepted(db: TestDatabase, change: vx.Change = {}): Promise<vx.SentVideo> {
  const sent = await vx.arrive(db, {
    display_name: 'Ana Autora',
    email: 'ana.autora@correo.mx',
    municipality: '15058',
    ...change,
  })
  await vx.runJobs(db)
  await fx.decide(db, fx.moderator, sent.id, 'accept')
  return sent
}

export interface Seat {
  id: string
  user_id: string
  is_third: boolean
  left_as: string | null
}
/** The seats of a video, in the order in which they were given. */
export const seatsOf = async (db: TestDatabase, id: string): Promise<Seat[]> =>
  (
    await db.pool.query<Seat>(
      'select * from app.jury_seats where submission_id = $1 order by at, is_third, id',
      [id],
    )
  ).rows

export interface Desk {
  version: number
  closed_at: string | null
  waits: number
  jurors: { id: string; seats: number; marked: number }[]
  videos: {
    id: string
    folio: string
    state: string
    judged: boolean
    chosen: boolean | null
    mean: number | null
    place: number | null
    tied: boolean
    vacant: number
    marks: { juror: string; marks: number[]; reason: string | null }[] | null
    seats: { id: string; juror_id: string; marked: boolean; left_as: string | null; reason: string | null }[]
  }[]
  actas: { round: number; final: string; hash: string; reopened_at: string | null }[]
}
export const desk = (db: TestDatabase, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'selection_desk', { p_id: vx.VIDEOS }) as Promise<Desk>

/** An act of the coordination on the selection as it stands. */
export const act = async (
  db: TestDatabase,
  fn: string,
  args: Record<string, unknown> = {},
  actor: Actor = fx.coordinator,
) => callAs(db, actor, fn, { p_id: vx.VIDEOS, p_version: (await desk(db)).version, ...args }) as Promise<Desk>

const verdict = async (
  db: TestDatabase,
  actor: Actor,
  kind: 'jury.mark' | 'jury.recuse',
  seat: string,
  payload: object,
) => {
  const answer = await fx.sendOne(db, actor, fx.op(kind, seat, payload))
  return 'code' in answer ? answer.code : answer.status
}
export const mark = (
  db: TestDatabase,
  juror: Actor,
  seat: string,
  marks: unknown = [4, 4, 4, 4],
  reason: unknown = 'Cuenta un caso completo.',
) => verdict(db, juror, 'jury.mark', seat, { marks, reason })
export const recuse = (db: TestDatabase, juror: Actor, seat: string, reason = 'Conozco a quien aparece.') =>
  verdict(db, juror, 'jury.recuse', seat, { reason })
