/** Keeps Postgres running while the backend does: one that dies is started again on the same port. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { saysReady } from './postmaster'
import { type Postgres, type PostgresOptions, startPostgres } from './postgres'

export interface SupervisorOptions extends PostgresOptions {
  say: (line: string) => void
  /** Called once when Postgres cannot be started again. By default its reason is said. */
  gaveUp?: (error: Error) => void
}

const LOOK_MS = 1000
/** More deaths than this within a minute have a cause that another start does not remove. */
const DEATHS_A_MINUTE = 3

/** Owns a running Postgres until `stop`, which is safe to call at any moment. */
export class Supervisor {
  private readonly data: string
  private readonly look: NodeJS.Timeout
  private readonly watching: Promise<void>
  private readonly deaths: number[] = []
  private state: 'up' | 'down' | 'stopping' = 'up'
  private address = ''

  constructor(
    private postgres: Postgres,
    private readonly options: SupervisorOptions,
  ) {
    this.data = path.join(options.folder, 'postgres')
    // Postgres takes up to a minute to notice that its folder is gone, and after a SIGTERM it waits for our
    // connections to close, while it refuses new ones.
    this.look = setInterval(() => saysReady(this.data) || this.postgres.abandon(), LOOK_MS).unref()
    this.watching = this.watch().catch((error: Error) => this.giveUp(error))
  }

  get isUp(): boolean {
    return this.state === 'up'
  }

  /** Tells a second start at which address the owner answers, also after Postgres was started again. */
  announce(address: string): Promise<void> {
    return this.postgres.announce((this.address = address))
  }

  async stop(): Promise<void> {
    this.state = 'stopping'
    clearInterval(this.look)
    await this.postgres.stop()
    await this.watching
    await this.postgres.stop() // one that was being started meanwhile
  }

  private async watch(): Promise<void> {
    for (;;) {
      await this.postgres.lost
      if (this.state === 'stopping') return
      this.state = 'down'
      this.options.say('Postgres terminó sin que este programa lo pidiera. Lo arranco de nuevo…')
      await this.startAgain()
      if (this.isStopping()) return
      this.state = 'up'
      this.options.say('Postgres responde otra vez.')
    }
  }

  /** `stop` may be called during any await. */
  private isStopping(): boolean {
    return this.state === 'stopping'
  }

  private async startAgain(): Promise<void> {
    const { folder } = this.options
    await this.postgres.stop()
    if (!existsSync(path.join(this.data, 'PG_VERSION')))
      throw new Error(`Los datos ya no están en ${folder}: alguien borró o movió la carpeta.`)
    this.deaths.push(Date.now())
    if (this.deaths.filter((at) => at > Date.now() - 60_000).length > DEATHS_A_MINUTE)
      throw new Error(`Postgres terminó varias veces en un minuto. Su registro: ${folder}/postgres.log`)
    this.postgres = await startPostgres({ ...this.options, reset: false, port: this.postgres.port })
    await this.postgres.announce(this.address)
  }

  private giveUp(error: Error): void {
    clearInterval(this.look)
    if (this.isStopping()) return
    if (this.options.gaveUp) this.options.gaveUp(error)
    else this.options.say(error.message)
  }
}
