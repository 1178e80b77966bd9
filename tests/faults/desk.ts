/** The server's side of a history: staff, long transactions, locks and backups. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { decisionsFor, type Decision, type SubmissionState } from '@/domain/states'
import { createTokens } from '../../supabase/local/tokens'
import { TEST_KEYS } from '../support/keys'
import * as fx from '../sql/fixtures'
import type { World } from './world'

export const MODERATOR = fx.moderator.sub!
export const COORDINATOR = fx.coordinator.sub!

const REASON = { reject: { reason_code: 'off_topic' } } as Partial<Record<Decision, object>>

export const decisionOf = (decision: Decision) => ({
  decision,
  message: 'Gracias por escribir.',
  ...REASON[decision],
})

/** A token as the sign-in issues it; an invalid one has expired a day ago. */
export async function tokenOf(sub: string, isValid = true): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return createTokens(TEST_KEYS).sign({
    sub,
    role: 'authenticated',
    aud: 'authenticated',
    session_id: sub,
    aal: 'aal1',
    exp: now + (isValid ? 3600 : -86_400),
  })
}

export class Desk {
  private readonly writers: pg.Client[] = []
  private readonly locks: pg.Client[] = []
  private written = 0

  constructor(private readonly world: World) {}

  private async begin(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.world.database.url })
    client.on('error', () => undefined)
    await client.connect()
    await client.query('begin')
    return client
  }

  /** Begins a transaction that changes public rows and commits later, below the commits of others. */
  async beginWriter(): Promise<void> {
    if (this.writers.length >= 3) return
    const writer = await this.begin()
    this.writers.push(writer)
    this.written += 1
    await writer.query(
      `insert into app.insumos (convocatoria_id, position, title, summary, body) values ($1, $2, 'W', '0', '0')`,
      [fx.OPEN, 1000 + this.written],
    )
  }

  async endWriter(how: 'commit' | 'rollback'): Promise<void> {
    const writer = this.writers.shift()
    await writer?.query(how)
    await writer?.end()
  }

  /** Locks the row of this submission in another transaction. */
  async lock(id: string): Promise<pg.Client | null> {
    if (this.locks.length >= 2) return null
    const holder = await this.begin()
    this.locks.push(holder)
    await holder.query(`set local lock_timeout = '50ms'`)
    await holder.query('select from app.submissions where id = $1 for update', [id]).catch(() => undefined)
    return holder
  }

  async unlock(): Promise<void> {
    const holder = this.locks.shift()
    await holder?.query('rollback')
    await holder?.end()
  }

  async endAll(): Promise<void> {
    while (this.writers.length > 0) await this.endWriter('commit')
    while (this.locks.length > 0) await this.unlock()
  }

  /** Decides on the current version. A refusal is ignored. */
  async decide(id: string, decision: Decision): Promise<void> {
    await fx
      .decide(this.world.database, fx.coordinator, id, decision, decisionOf(decision))
      .catch(() => undefined)
  }

  /** A decision that the state allows, if there is one, with the version it is based on. */
  async choose(id: string, choice: number): Promise<{ decision: Decision; expected_version: number } | null> {
    const [row] = await this.world.sql<{ version: number; state: SubmissionState }>(
      'select version, state from app.submissions where id = $1',
      [id],
    )
    if (!row) return null
    const sensible = decisionsFor(row.state)
    return { decision: sensible[choice % sensible.length] ?? 'accept', expected_version: row.version }
  }

  async setRight(isActive: boolean): Promise<void> {
    await this.world.sql('update app.staff set active = $2 where user_id = $1', [MODERATOR, isActive])
  }

  async setVisible(isVisible: boolean): Promise<void> {
    await this.world.sql('update app.convocatorias set published = $2 where id = $1', [
      fx.HISTORIC,
      isVisible,
    ])
  }

  /** Deletes a submission for good, as an operator does. */
  async erase(id: string): Promise<void> {
    await this.world.sql('alter table app.review_events disable trigger user') // the table is append-only
    await this.world.sql('delete from app.review_events where submission_id = $1', [id])
    await this.world.sql('alter table app.review_events enable trigger user')
    await this.world.sql('delete from app.submissions where id = $1', [id])
  }

  /** Revokes the private links of a submission. */
  async revokeLink(id: string): Promise<void> {
    await this.world.sql('delete from app.access_secrets where submission_id = $1', [id])
    await this.world.sql('select app.log_change($1, $2, $3)', [`mine:${id}`, 'submission', id])
  }

  /** Restores the state that the next history expects: these submissions leave the queue of the staff. */
  async tidy(submissions: string[] = []): Promise<void> {
    await this.world.sql(`update app.submissions set state = 'withdrawn' where id = any($1)`, [submissions])
    await this.setRight(true)
    await this.setVisible(true)
    await this.world.sql(`delete from app.insumos where title = 'W'`)
  }
}

export const newId = (): string => randomUUID()
