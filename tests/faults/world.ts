/**
 * The server of the fault suite: the real functions on a real Postgres behind the REST of the embedded backend,
 * in a database of its own. Waits are shorter, and a log records which op had which effect, apart from the
 * receipts, which the suite must be able to doubt.
 */
import pg from 'pg'
import { inject } from 'vitest'
import type { PullAnswer, PullRequest, PullResult, StaffPullRequest, StaffPullResult } from '@/domain/pull'
import type { TestServer } from '@/sync/testing/fakeNetwork'
import { withClient } from '../../supabase/local/database'
import { openPool } from '../../supabase/local/pool'
import { createRest } from '../../supabase/local/rest'
import { createTokens } from '../../supabase/local/tokens'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import { TEST_KEYS } from '../support/keys'
import { healPoison, installEffectLog } from './effectLog'

/** An event on the server while it serves a call. */
export type Interference = 'cancel' | 'restart' | (() => Promise<void>)

type AnyRequest = PullRequest | StaffPullRequest

/** A text that a filter in front of the server answers with 500 until it is healed. */
export const BANNED = 'VENENO'

const as = (url: string, login: string) => Object.assign(new URL(url), { username: login }).href
const silent = () => undefined
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export class World implements TestServer {
  /** Whether the cause of failing poison ops is repaired. */
  isHealed = false
  /** The events during the next calls, in order. */
  interferences: (Interference | null)[] = []
  hasBackup = false
  private rest!: ReturnType<typeof createRest>
  private gateway!: pg.Pool

  private constructor(readonly database: TestDatabase) {}

  static async open(): Promise<World> {
    const database = await createTestDatabase()
    database.pool.on('error', silent) // an idle connection, when every connection is terminated
    database.pool.on('connect', (client) => client.on('error', silent))
    const world = new World(database)
    await world.lookForDeadlocksAfter('20ms')
    await world.stopAutovacuum()
    await installEffectLog(database.pool)
    world.connect()
    return world
  }

  /**
   * The server on a database that somebody else created and keeps. Call `leave` before that database is
   * dropped.
   */
  static on(url: string): World {
    const pool = openPool(url, 20, silent)
    const world = new World({ url, pool, drop: () => pool.end() })
    world.connect()
    return world
  }

  /** Ends every connection of this object. */
  async leave(): Promise<void> {
    await Promise.all([this.disconnect(), this.database.pool.end()])
  }

  /** Sets how long a transaction waits for a lock before it looks for a deadlock. */
  async lookForDeadlocksAfter(timeout: string): Promise<void> {
    await withClient(as(this.database.url, 'supabase_admin'), (client) =>
      client.query(`alter database ${this.name} set deadlock_timeout = '${timeout}'`),
    )
    await this.endCalls('terminate') // new connections read the setting
  }

  /** Its ANALYZE holds the watermark back, and could begin between the last write and the last pull of a history. */
  private async stopAutovacuum(): Promise<void> {
    await withClient(as(this.database.url, 'supabase_admin'), async (client) => {
      await client.query('alter system set autovacuum = off')
      await client.query('select pg_reload_conf()')
    })
  }

  private connect(): void {
    this.gateway = openPool(as(this.database.url, 'authenticator'), 10, silent)
    this.rest = createRest(this.gateway, createTokens(TEST_KEYS))
  }

  private disconnect(): Promise<void> {
    return this.gateway.end()
  }

  /** Terminates every connection and accepts no new one, as Postgres does while it restarts. */
  async goDown(): Promise<void> {
    await this.allowConnections(false)
    await this.interfere('restart')
  }

  comeUp(): Promise<void> {
    return this.allowConnections(true)
  }

  private async allowConnections(areAllowed: boolean): Promise<void> {
    await withClient(inject('postgresUrl'), (client) =>
      client.query(`alter database ${this.name} with allow_connections ${areAllowed}`),
    )
  }

  async close(): Promise<void> {
    await this.dropBackup()
    await this.leave()
    await withClient(inject('postgresUrl'), (client) =>
      client.query(`drop database ${this.name} with (force)`),
    )
  }

  async fetch(url: string, init: RequestInit): Promise<Response> {
    if (!this.isHealed && String(init.body).includes(BANNED)) return new Response('upstream', { status: 500 })
    const interference = this.interferences.shift()
    const serving = this.rest(new Request(url, { ...init, signal: null })).catch(
      () => new Response('bad gateway', { status: 502 }),
    )
    if (interference) await this.interfere(interference)
    return serving
  }

  private async interfere(interference: Interference): Promise<void> {
    if (typeof interference === 'function') return interference()
    await pause(3)
    await this.endCalls(interference === 'cancel' ? 'cancel' : 'terminate')
  }

  private async endCalls(how: 'cancel' | 'terminate'): Promise<void> {
    await this.sql(
      `select pg_${how}_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = 'authenticator'`,
    )
  }

  sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.database.pool.query<Row>(text, values).then(({ rows }) => rows)
  }

  private get name(): string {
    return new URL(this.database.url).pathname.slice(1)
  }

  /** Runs the work while nobody is connected to this database, because Postgres copies no other. */
  private async alone(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    await this.leave()
    try {
      await withClient(inject('postgresUrl'), async (client) => {
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = $1 and backend_type = 'client backend'`, // Postgres ends its own workers itself
          [this.name],
        )
        await work(client)
      })
    } finally {
      Object.assign(this.database, { pool: openPool(this.database.url, 20, silent) })
      this.connect()
    }
  }

  /** Copies the database for `restore`. No transaction may be open. */
  backUp(): Promise<void> {
    return this.alone(async (client) => {
      await client.query(`drop database if exists ${this.name}_backup`)
      await client.query(`create database ${this.name}_backup template ${this.name}`)
      this.hasBackup = true
    })
  }

  /** Restores the backup. Everything received since is gone. */
  restore(): Promise<void> {
    return this.alone(async (client) => {
      await client.query(`drop database ${this.name} with (force)`)
      await client.query(`create database ${this.name} template ${this.name}_backup`)
    })
  }

  async dropBackup(): Promise<void> {
    if (!this.hasBackup) return
    await withClient(inject('postgresUrl'), (client) => client.query(`drop database ${this.name}_backup`))
    this.hasBackup = false
  }

  async heal(): Promise<void> {
    this.isHealed = true
    this.interferences = []
    await healPoison(this.database.pool)
  }

  /** The answer of a pull with these cursors. */
  async pull(pulls: AnyRequest[], actor = anon): Promise<PullAnswer<PullResult | StaffPullResult>> {
    return (await callAs(this.database, actor, 'pull_changes', { pulls })) as PullAnswer
  }

  /** Every row of a scope as a new client reads it now; none if the pull is denied. */
  async truth(request: AnyRequest, actor = anon): Promise<Map<string, unknown>> {
    const rows = new Map<string, unknown>()
    for (let { cursor } = request; ;) {
      const page = (await this.pull([{ ...request, cursor }], actor)).pulls[0]!
      for (const change of page.changes) {
        if (change.op === 'put') rows.set(`${change.entity}/${change.id}`, change.row)
      }
      if (!page.more) return rows
      cursor = page.cursor
    }
  }
}
