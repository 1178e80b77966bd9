/** A phone that sends videos with the real uploader and its own clock, locks and network. */
import { vi } from 'vitest'
import { db } from '@/data/db'
import { saveItem } from '@/data/items'
import { Fault } from '@/domain/fault'
import { die, revive } from '@/sync/testing/crash'
import { FakeLocks } from '@/sync/testing/fakeLocks'
import type { Network } from '../holds'
import { stageMedia, type SealedMedia } from '../store'
import { readTransfers, type Transfer } from '../transfers'
import type { Transport, TusAnswer } from '../tus'
import { runUploads, type UploadDeps, type UploadWants } from '../upload'
import type { TusServer } from './tusServer'

vi.setConfig({ testTimeout: 60_000 })

export const FAULTS = [
  'ok',
  'lost', // the request never arrives
  'answer_lost', // the server does its work and the answer is lost
  'half', // the connection breaks in the middle of a chunk
  'portal', // a captive portal's page, status 200
  'portal_404', // a captive portal's page, status 404
  '500',
  '423',
  '429',
  'killed_before', // the process dies with the request unsent
  'killed_after', // the process dies after the server has handled the request
] as const
export type UploadFault = (typeof FAULTS)[number]

export const answer = (status: number, headers: Record<string, string> = {}): TusAnswer => ({
  status,
  header: (name) => headers[name] ?? null,
})

const TUS = { 'tus-resumable': '1.0.0' }

const lost = (): never => {
  throw new Fault('offline', true)
}

/** Bytes whose period divides no chunk or row size, so that every misplaced byte shows. */
export function bytesOf(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i += 1) bytes[i] = (i * 31 + (i >> 8) * 17 + seed) & 0xff
  return bytes
}

export const secretOf = (id: string): string => `secret-of-${id}`

/** Creates a submission that the server has, with its video sealed on this phone. */
export async function sealed(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<SealedMedia> {
  await saveItem({
    id,
    kind: 'videos',
    convocatoria_id: 'c1',
    title: id,
    secret: secretOf(id),
    folio: null,
    created_at: new Date(0).toISOString(),
  })
  const file = new Blob([bytes])
  return stageMedia({ id: `media-${id}`, submissionId: id, file, mime: 'video/mp4' })
}

export class SendingPhone {
  clock = 1_800_000_000_000
  locks = new FakeLocks()
  network: Network = 'other'
  /** The faults of the next requests in order; further requests succeed. */
  plan: UploadFault[] = []
  bytesSent = 0
  requests: string[] = []
  announced = 0
  deps: Partial<UploadDeps> = {}

  constructor(readonly server: TusServer) {}

  readonly transport: Transport = async (request, options) => {
    const fault = this.plan.shift() ?? 'ok'
    this.requests.push(request.method)
    if (fault === 'lost') return lost()
    if (fault === 'killed_before') return this.kill()
    if (fault === 'portal') return answer(200, { 'content-type': 'text/html' })
    if (fault === 'portal_404') return answer(404, { 'content-type': 'text/html' })
    if (fault === '500') return answer(500)
    if (fault === '423') return answer(423, TUS)
    if (fault === '429') return answer(429, { 'retry-after': '7' })
    this.bytesSent += request.body?.length ?? 0
    if (fault === 'half' && request.body) return this.server.sendHalf(request).then(lost)
    const given = await this.server.transport(request, options)
    if (fault === 'killed_after') return this.kill()
    return fault === 'answer_lost' || fault === 'half' ? lost() : given
  }

  private kill(): never {
    die()
    return lost()
  }

  uploads(): UploadDeps {
    return {
      transport: this.transport,
      now: () => this.clock,
      random: () => 0.5,
      network: () => this.network,
      announce: () => (this.announced += 1),
      locks: this.locks,
      every: () => () => {},
      patienceMs: 5,
      ...this.deps,
    }
  }

  run(wants?: UploadWants) {
    return runUploads(this.uploads(), wants)
  }

  /** Starts a new process. The locks of the dead process are released. */
  reboot(): void {
    revive()
    this.locks = new FakeLocks()
  }

  /** Runs and advances the clock until nothing is left to send, for at most `rounds` rounds. */
  async settle(rounds = 40): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      this.clock += 6 * 60_000
      if ((await this.run()) === 'done') return
    }
  }
}

export const mediaRow = (id: string) => db.media.get(`media-${id}`)

/** The transfer of a submission as screens see it; null when this phone has no video of it. */
export const transferOf = async (id: string, network: Network): Promise<Transfer | null> =>
  (await readTransfers(network)).get(id) ?? null
