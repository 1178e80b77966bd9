/** Two doors without signal in a history of seats: what each phone notes waits on it until the phone sends it. */
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Op } from '@/domain/ops'
import type { Actor, TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

export const DOOR_STEPS = [
  'scan',
  'scan',
  'walk_in',
  'leave',
  'undo_arrival',
  'undo_leave',
  'sync',
  'sync',
] as const
type DoorStep = (typeof DOOR_STEPS)[number]

type Way = 'in' | 'out'
interface Note {
  id: string
  way: Way
  at: string
}
/** A phone at a door: who keeps it, what it noted, what it has not sent, and which of its notes the server must have. */
interface Phone {
  keeper: Actor
  noted: Note[]
  unsent: { op: Op; note: Note; isUndone: boolean }[]
  kept: Note[]
}

const KINDS = { in: 'door.check_in', out: 'door.check_out' } as const
const UNDO = { in: 'door.undo_check_in', out: 'door.undo_check_out' } as const
const SEEN = { in: 'arrived_at', out: 'left_at' } as const

export class Doors {
  private readonly phones: Phone[]
  private times = 0

  constructor(
    private readonly db: TestDatabase,
    private readonly body: string,
    keepers: Actor[],
  ) {
    this.phones = keepers.map((keeper) => ({ keeper, noted: [], unsent: [], kept: [] }))
  }

  /** A time for each note alone, more than two seconds from any other, since the doors opened an hour ago. */
  private next = () => new Date(Date.now() - 3_000_000 + (this.times += 1) * 10_000).toISOString()

  async play(what: DoorStep, id: string | undefined, size: number): Promise<void> {
    const phone = this.phones[size % 2]!
    if (what === 'sync') return await this.sync(phone, size > 2)
    if (what === 'walk_in') return await this.walkIn(phone, size)
    if (what === 'undo_arrival' || what === 'undo_leave') {
      const way = what === 'undo_arrival' ? 'in' : 'out'
      const note = phone.noted.findLast((one) => one.way === way)
      if (!note) return
      const payload = { jornada_id: jx.DAY, [SEEN[way]]: note.at }
      phone.unsent.push({ op: fx.op(UNDO[way], note.id, payload), note, isUndone: true })
    } else if (id) {
      const note: Note = { id, way: what === 'scan' ? 'in' : 'out', at: this.next() }
      const payload = { jornada_id: jx.DAY, code: null, at: note.at, door: `Puerta ${size % 2}` }
      this.note(phone, fx.op(KINDS[note.way], id, payload, { v: note.way === 'in' ? 2 : 1 }), note)
    }
  }

  private note(phone: Phone, op: Op, note: Note): void {
    phone.noted.push(note)
    phone.unsent.push({ op, note, isUndone: false })
  }

  /** Now and then somebody of the same name as the first who registered. */
  private async walkIn(phone: Phone, size: number): Promise<void> {
    const note: Note = { id: randomUUID(), way: 'in', at: this.next() }
    const display_name = size === 1 ? 'Ana 0' : `Caro ${this.times}`
    const {
      convocatoria_id: _,
      jornada_ids: __,
      email: ___,
      ...rest
    } = await jx.registration(this.db, { body_id: this.body, display_name })
    const payload = { ...rest, jornada_id: jx.DAY, at: note.at, door: 'Puerta' }
    this.note(phone, fx.op('door.walk_in', note.id, payload), note)
  }

  /** Sends what the phone holds in its order, each op twice where an answer is lost. */
  private async sync(phone: Phone, isAnswerLost: boolean): Promise<void> {
    for (const { op, note, isUndone } of phone.unsent.splice(0)) {
      if (isAnswerLost) await fx.applyOne(this.db, phone.keeper, op)
      const verdict = await fx.applyOne(this.db, phone.keeper, op)
      expect(['applied', 'refused', 'conflict']).toContain(verdict.status)
      if (verdict.status !== 'applied') continue
      if (isUndone) {
        // an undone arrival takes this door's departures with it
        phone.kept = phone.kept.filter(
          ({ id, way, at }) => id !== note.id || (way === 'in' && at !== note.at),
        )
      } else if (op.kind === 'door.walk_in') {
        const { rowCount } = await this.db.pool.query('select from app.seats where submission_id = $1', [
          note.id,
        ])
        expect(rowCount, 'a walk-in that the server accepted has a place').toBe(1)
      } else phone.kept.push(note)
    }
  }

  /** No note is lost, and whoever was noted coming or leaving counts as somebody who came. */
  async expectNoneLost(): Promise<void> {
    const { rows } = await this.db.pool.query<{ id: string; way: Way; at: Date; by: string; status: string }>(
      `select n.submission_id as id, n.way, n.claimed_at as at, n.noted_by as by, coalesce(f.status, s.status) as status
       from app.door_notes n join app.seats s using (submission_id, jornada_id)
         left join app.seats f on f.submission_id = s.repeats and f.jornada_id = s.jornada_id`,
    )
    expect(rows.filter(({ status }) => status !== 'attended')).toEqual([])
    const key = (id: string, way: Way, at: string, by: string) => [id, way, at, by].join(' ')
    const noted = rows.map(({ id, way, at, by }) => key(id, way, at.toISOString(), by))
    for (const { keeper, kept } of this.phones)
      expect(noted).toEqual(
        expect.arrayContaining(kept.map(({ id, way, at }) => key(id, way, at, keeper.sub!))),
      )
  }
}
