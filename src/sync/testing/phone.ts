/** A phone for tests: the real engine on fake-indexeddb, with its own clock, locks and network. */
import { vi } from 'vitest'
import { db } from '@/data/db'
import { saveItem } from '@/data/items'
import type { Op } from '@/domain/ops'
import { runCycle, type Engine, type Outcome, type Wants } from '../engine'
import { enqueue } from '../enqueue'
import { FakeLocks } from './fakeLocks'
import { FakeNetwork, type TestServer } from './fakeNetwork'
import { FakeServer, type TestPayload } from './fakeServer'

// IndexedDB in memory is slow, and test machines are shared.
vi.setConfig({ testTimeout: 60_000 })

export const ALL: Wants = { hurry: 'no', reach: 'all' }
export const silent = (): void => {}

export class PhoneOf<Server extends TestServer> {
  readonly network: FakeNetwork
  readonly locks = new FakeLocks()
  clock = 1_800_000_000_000
  session: { token: string; user_id: string } | null = null
  private randomState: number

  constructor(
    readonly server: Server,
    private readonly seed: number,
  ) {
    this.network = new FakeNetwork(server)
    this.randomState = seed
  }

  /** Repeats the random numbers from the start, as a phone that was just opened. */
  reseed(): void {
    this.randomState = this.seed
  }

  private random(): number {
    this.randomState = (Math.imul(this.randomState, 1_664_525) + 1_013_904_223) >>> 0
    return this.randomState / 2 ** 32
  }

  /** A tab's engine. */
  engine(): Engine {
    return {
      rpc: this.network.rpc,
      now: () => this.clock,
      random: () => this.random(),
      readToken: () => Promise.resolve(this.session),
      breathe: () => Promise.resolve(),
      locks: this.locks,
      every: () => () => {},
      patienceMs: 5,
    }
  }

  cycle(wants: Wants = ALL): Promise<Outcome> {
    return runCycle(this.engine(), wants)
  }

  /** Runs cycles six minutes apart until no op can be sent, at most `rounds` of them. */
  async settle(rounds = 60): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      this.clock += 6 * 60_000
      const outcome = await this.cycle()
      const waiting = await db.outbox.filter((op) => op.state !== 'needs_person').count()
      if (outcome === 'done' && waiting === 0) return
    }
  }
}

export class Phone extends PhoneOf<FakeServer> {
  constructor(server = new FakeServer(), seed = 1) {
    super(server, seed)
  }
}

/** Empties the database. */
export async function wipe(): Promise<void> {
  await Promise.all(db.tables.map((table) => table.clear()))
}

export const secretOf = (id: string): string => `secret-of-${id}`

/** Saves op and item together, as the form does at «Enviar». */
export const submit = (id: string, payload: TestPayload): Promise<string> =>
  enqueue(
    { kind: 'propuesta.submit', entity_id: id, payload, secret: secretOf(id) },
    () =>
      saveItem({
        id,
        kind: 'propuestas',
        convocatoria_id: 'c1',
        title: payload.text,
        secret: secretOf(id),
        folio: null,
        created_at: new Date().toISOString(),
      }),
    silent,
  )

export const later = (
  id: string,
  payload: TestPayload,
  kind: Op['kind'] = 'propuesta.correct',
): Promise<string> => enqueue({ kind, entity_id: id, payload, secret: secretOf(id) }, undefined, silent)
