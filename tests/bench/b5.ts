/** B5: a video up a slow link that is cut again and again, by a browser that is killed three times. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { newProfile, openPhone, removeProfiles, type Phone } from '../support/browser'
import { sendOp } from '../e2e/api'
import { startBackend } from './support/backend'
import { call, untilExposed } from './support/drive'
import { seeded } from './support/faults'
import { makeVideo, MIB } from './support/files'
import { startFront } from './support/front'
import { watchHeap, type HeapWatch } from './support/heap'
import { startLink, type Link } from './support/link'
import { buildPages } from './support/pages'
import { versionOf } from './support/peers'
import { bench, ratio, round, type Bench } from './support/run'

const SOURCES = { ours: 'pages/b5.ts', tus_js_client: 'peers/b5-tus.ts', uppy: 'peers/b5-uppy.ts' }
/** Shares of the file after which the browser is killed. */
const KILLS = [0.2, 0.45, 0.7]
const CUT_MS = 2_000

interface Scale {
  mib: number
  mbps: number
  /** Seconds between two cuts. */
  cutEveryS: [number, number]
}

interface Ground {
  the: Bench
  pages: string
  origin: string
  database: pg.Pool
  file: string
  scale: Scale
}

/** A video.submit that nothing is wrong with; id and hash of the file come from who sends it. */
async function submissionOf(database: pg.Pool, bytes: number): Promise<Record<string, unknown>> {
  const { rows } = await database.query<{ payload: Record<string, unknown> }>(`
    select jsonb_build_object('convocatoria_id', c.id, 'notice_id', n.id, 'notice_hash', n.hash, 'locale', 'es-MX',
      'pillar', (select p.key from app.pillars p where p.convocatoria_id = c.id limit 1),
      'consents', (select jsonb_agg(jsonb_build_object('key', k ->> 'key', 'granted', true))
        from jsonb_array_elements(n.consents) k)) as payload
    from app.convocatorias c join app.notices n on n.id = c.notice_id
    where c.kind = 'videos' and c.published and now() between c.opens_at and c.closes_at`)
  return {
    ...rows[0]!.payload,
    title: 'Un video',
    summary: 'De qué trata.',
    transcript: null,
    poster: null,
    sector: null,
    municipality: null,
    display_name: null,
    email: null,
    consented_at: new Date().toISOString(),
    media: { bytes, mime: 'video/mp4', duration_ms: 30_000, width: 720, height: 1280 },
  }
}

/** One upload: its phone, its link, and the clock of the seconds in which both could have worked. */
class Journey {
  readonly mediaId = randomUUID()
  readonly submissionId = randomUUID()
  cuts = 0
  kills = 0
  person = 0
  heapGrowth = 0
  usableMs = 0
  private readonly profile = newProfile()
  private phone: Phone | null = null
  private heap: HeapWatch | null = null
  private since: number | null = null

  constructor(
    private readonly ground: Ground,
    private readonly name: string,
    private readonly link: Link,
  ) {}

  private count(on: boolean): void {
    if (this.since !== null) this.usableMs += performance.now() - this.since
    this.since = on ? performance.now() : null
  }

  get page() {
    return this.phone!.page
  }

  async open(): Promise<void> {
    const origin = `http://127.0.0.1:${this.link.port}`
    this.phone = await openPhone({ origin, down: () => undefined }, this.profile)
    await this.phone.open(`/${this.name}/`)
    await untilExposed(this.page)
    this.heap = await watchHeap(await this.phone.context.newCDPSession(this.page), {
      everyMs: 2000,
      collect: true,
    })
    if (this.kills > 0) this.count(true)
  }

  async choose(): Promise<void> {
    await this.page.setInputFiles('#file', this.ground.file)
  }

  async send(common: unknown): Promise<void> {
    await call(this.page, 'prepare', this.mediaId, this.submissionId)
    this.link.reset()
    this.count(true)
    await call(this.page, 'start', this.mediaId, this.submissionId, common)
  }

  async cut(): Promise<void> {
    this.cuts += 1
    this.count(false)
    this.link.down()
    await wait(CUT_MS)
    this.link.up()
    this.count(true)
  }

  /** SIGKILL, and the app is opened again. Who keeps no bytes needs the person to choose the file anew. */
  async kill(): Promise<void> {
    this.kills += 1
    this.heapGrowth = Math.max(this.heapGrowth, await this.heap!.growthMb())
    this.heap!.stop()
    this.count(false)
    await this.phone!.kill9()
    await this.open()
    if (this.name === 'ours') return
    this.person += 1
    await this.choose()
    await call(this.page, 'start', this.mediaId)
  }

  /** True at the end. An upload that gave up is begun again by its person. */
  async isDone(): Promise<boolean> {
    const state = await call<string>(this.page, 'state', this.mediaId)
    if (state === 'error') {
      this.person += 1
      await call(this.page, 'again')
    }
    return state === 'done'
  }

  async end(): Promise<void> {
    this.count(false)
    this.heapGrowth = Math.max(this.heapGrowth, await this.heap!.growthMb())
  }

  async close(): Promise<void> {
    this.heap?.stop()
    await this.phone?.close().catch(() => undefined)
  }
}

interface Measured {
  resent_per_cut_bytes: number
  goodput_share: number
  heap_growth_mb: number
  cuts: number
  kills: number
  /** How often a person had to choose the file or tap again. */
  person_needed: number
  seconds: number
}

async function travel(ground: Ground, journey: Journey, link: Link, seed: number): Promise<void> {
  const { mib, cutEveryS } = ground.scale
  const random = seeded(seed)
  const [least, most] = cutEveryS
  const next = () => performance.now() + (least + random() * (most - least)) * 1000
  let cutAt = next()
  const giveUpAt = performance.now() + 300_000
  while (!(await journey.isDone())) {
    if (performance.now() > giveUpAt) throw new Error('the upload did not end')
    const kill = KILLS[journey.kills]
    if (kill !== undefined && link.passed.up > kill * mib * MIB) await journey.kill()
    if (performance.now() > cutAt) {
      await journey.cut()
      cutAt = next()
    }
    await wait(200)
  }
}

async function measure(ground: Ground, name: string, common: Record<string, unknown>): Promise<Measured> {
  const { pages, origin, database, scale } = ground
  const front = await startFront({ pages, api: origin })
  const link = await startLink(front.port, { rttMs: 60, upBytesPerS: (scale.mbps * 1e6) / 8 })
  const journey = new Journey(ground, name, link)
  const startedAt = performance.now()
  try {
    if (name !== 'ours') {
      const media = { ...(common['media'] as object), id: journey.mediaId, sha256: '0'.repeat(64) }
      const secret = journey.submissionId.replaceAll('-', '')
      const op = {
        kind: 'video.submit',
        entity_id: journey.submissionId,
        payload: { ...common, media },
        secret,
      } as const
      const verdict = await sendOp(origin, op)
      if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
    }
    await journey.open()
    await journey.choose()
    await journey.send(common)
    await travel(ground, journey, link, 7)
    await journey.end()
    const bytes = scale.mib * MIB
    const { rows } = await database.query(
      `select from storage.objects where name = $1 and (metadata ->> 'size')::bigint = $2`,
      [journey.mediaId, bytes],
    )
    if (rows.length !== 1) throw new Error(`${name}: the file is not whole on the server`)
    const breaks = journey.cuts + journey.kills
    return {
      resent_per_cut_bytes: Math.round(Math.max(0, link.passed.up - bytes) / Math.max(1, breaks)),
      goodput_share: round(bytes / ((scale.mbps * 1e6) / 8) / (journey.usableMs / 1000)),
      heap_growth_mb: round(journey.heapGrowth),
      cuts: journey.cuts,
      kills: journey.kills,
      person_needed: journey.person,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    }
  } finally {
    await journey.close()
    await link.close()
    await front.close()
    await removeProfiles()
  }
}

async function work(the: Bench) {
  const { ours, ...others } = SOURCES
  const sources: Record<string, string> = the.peersMissing ? { ours } : { ours, ...others }
  const pages = await buildPages(the, sources)
  const { origin, database } = await startBackend(the)
  the.finally(removeProfiles)
  const scale: Scale = the.quick
    ? { mib: 24, mbps: 12, cutEveryS: [3, 6] }
    : { mib: 286, mbps: 24, cutEveryS: [10, 30] } // 300 MB: what the campaign takes
  const ground: Ground = { the, pages, origin, database, file: makeVideo(the, scale.mib), scale }
  const common = await submissionOf(database, scale.mib * MIB)
  const found: Record<string, Measured | { failed: string }> = {}
  for (const name of Object.keys(sources)) {
    found[name] = await measure(ground, name, common).catch((error: Error) => {
      if (name === 'ours') throw error
      return { failed: error.message }
    })
    the.say(`${name}: ${JSON.stringify(found[name])}`)
  }
  const { ours: mine, ...peers } = found
  const of = (one: Measured | { failed: string } | undefined, key: keyof Measured) =>
    one && !('failed' in one) ? one[key] : undefined
  const skipped = Object.fromEntries(Object.keys(others).map((name) => [name, { skipped: the.peersMissing }]))
  return {
    ours: mine!,
    peers: the.peersMissing ? skipped : peers,
    ratio: Object.fromEntries(
      Object.entries(peers).map(([name, peer]) => [
        `goodput_to_${name}`,
        ratio(of(mine, 'goodput_share'), of(peer, 'goodput_share')),
      ]),
    ),
    runs: 1,
    scaled_link: {
      of: '300 MB at 750 kbps, cut every 30–90 s',
      file_mib: scale.mib,
      mbps: scale.mbps,
      cut_every_s: scale.cutEveryS,
      cut_s: CUT_MS / 1000,
      kills_at: KILLS,
      goodput:
        'file over what the link could have carried while it was up and the page open; waits between tries are real',
    },
    versions: ['tus-js-client', '@uppy/core', '@uppy/tus', '@uppy/golden-retriever'].map(versionOf),
  }
}

await bench('B5', work)
