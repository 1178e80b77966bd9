/**
 * A Postgres cluster of its own that a test can destroy and restore. Phones reach it at one address whichever
 * data folder it runs on; `world` is the server that answers now.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { TestServer } from '@/sync/testing/fakeNetwork'
import { prepareDatabase, withClient } from '../../supabase/local/database'
import { startPostgres, type Postgres } from '../../supabase/local/postgres'
import { openStaffSessions } from '../support/sessions'
import { installEffectLog } from './effectLog'
import { World } from './world'

export class Cluster implements TestServer {
  world!: World
  private postgres!: Postgres
  private isRunning = false
  private readonly home = mkdtempSync(path.join(os.tmpdir(), 'convoca-restore-'))

  private constructor(private readonly durable: boolean) {
    chmodSync(this.home, 0o755) // the account that runs Postgres must be able to enter the folder
  }

  /**
   * Starts a cluster with migrations, seed and effect log on the data folder `first`. A durable cluster can be
   * killed and started again.
   */
  static async make(durable = false): Promise<Cluster> {
    const cluster = new Cluster(durable)
    await cluster.run('first')
    await prepareDatabase(cluster.postgres, { seed: true })
    await openStaffSessions(cluster.world.database.pool)
    await installEffectLog(cluster.world.database.pool)
    return cluster
  }

  /** The folder that holds `postgres/` and `password` of a data folder. */
  folder(name: string): string {
    return path.join(this.home, name)
  }

  /** The database's address for Postgres programs, as superuser. */
  get adminUrl(): string {
    return this.postgres.url('supabase_admin')
  }

  /**
   * Starts Postgres on a data folder and creates an empty cluster if there is none. `stop` deletes the folder
   * unless the cluster is durable.
   */
  async run(name: string): Promise<void> {
    this.postgres = await startPostgres({ folder: this.folder(name), durable: this.durable })
    this.connect()
    this.isRunning = true
  }

  private connect(): void {
    this.world = World.on(this.postgres.url('postgres'))
  }

  /** Replaces every connection, as a restarted gateway does, and with it the cached function definitions. */
  async reconnect(): Promise<void> {
    await this.world.leave()
    this.connect()
  }

  /** Ends a recovery that paused at its target. From then on Postgres writes, on a new timeline. */
  async endRecovery(): Promise<void> {
    await this.asAdmin(async (client) => {
      const is = async (question: string) =>
        (await client.query<{ is: boolean }>(`select ${question} as is`)).rows[0]!.is
      while (!(await is(`pg_get_wal_replay_pause_state() = 'paused'`))) await wait(20)
      await client.query('select pg_wal_replay_resume()')
      while (await is('pg_is_in_recovery()')) await wait(20)
    })
  }

  /** Starts a new cluster with the schema and without rows. */
  async runEmpty(name: string): Promise<void> {
    await this.run(name)
    await prepareDatabase(this.postgres, { seed: false })
  }

  /**
   * Kills Postgres as a power failure does: every call ends without cleanup, and only the WAL holds the
   * commits.
   */
  async kill(name: string): Promise<void> {
    this.isRunning = false
    const [pid] = readFileSync(path.join(this.folder(name), 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGQUIT')
    await this.world.leave()
    await this.postgres.stop()
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return
    this.isRunning = false
    await this.world.leave()
    await this.postgres.stop()
  }

  async destroy(): Promise<void> {
    await this.stop()
    rmSync(this.home, { recursive: true, force: true })
  }

  fetch(url: string, init: RequestInit): Promise<Response> {
    return this.world.fetch(url, init)
  }

  asAdmin<T>(work: Parameters<typeof withClient<T>>[1]): Promise<T> {
    return withClient(this.adminUrl, work)
  }
}
