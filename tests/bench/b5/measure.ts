/** Measures one contender's upload from end to end, with the same plan for all. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { seeded } from '../support/faults'
import { startFront } from '../support/front'
import { startLink, type Link } from '../support/link'
import { round } from '../support/run'
import { Journey } from './journey'
import { Progress } from './progress'
import type { Scale } from './scale'
import { announceVideo, type Submission } from './submission'

const SEED = 7
const RTT_MS = 60

export interface Ground {
  pages: string
  origin: string
  database: pg.Pool
  file: string
  common: Submission
  scale: Scale
}

export interface Measured {
  /** The whole file reached the server within the window. */
  whole: boolean
  /** The share of the file that the server had at the end. */
  reached_share: number
  resent_per_cut_bytes: number
  resent_per_cut_max_bytes: number
  goodput_share: number
  heap_growth_mb: number
  cuts: number
  kills: number
  person_needed: number
  seconds: number
}

/** Cuts and kills until the upload is done (true) or the window is over (false). */
async function travel({ scale }: Ground, journey: Journey, link: Link): Promise<boolean> {
  const random = seeded(SEED)
  const [least, most] = scale.cutEveryS
  const next = () => journey.linkUpS + least + random() * (most - least)
  let cutAt = next()
  const giveUpAt = performance.now() + scale.windowS * 1000
  while (!(await journey.isDone())) {
    if (performance.now() > giveUpAt) return false
    const kill = scale.killsAt[journey.kills]
    if (kill !== undefined && link.passed.up > kill * scale.bytes) await journey.kill()
    if (journey.linkUpS > cutAt) {
      await journey.cut(scale.outageS)
      cutAt = next()
    }
    await wait(100)
  }
  return true
}

async function assertWhole({ database, scale }: Ground, { mediaId }: Journey): Promise<void> {
  const { rows } = await database.query(
    `select from storage.objects where name = $1 and (metadata ->> 'size')::bigint = $2`,
    [mediaId, scale.bytes],
  )
  if (rows.length !== 1) throw new Error('the file is not whole on the server')
}

export async function measure(ground: Ground, name: string): Promise<Measured> {
  const { pages, origin, file, common, scale } = ground
  const progress = new Progress()
  const front = await startFront({ pages, api: origin, routes: [progress.watch] })
  const link = await startLink(front.port, { rttMs: RTT_MS, upBytesPerS: scale.bytesPerS })
  progress.link = link
  const journey = new Journey(name, file, link)
  const startedAt = performance.now()
  try {
    if (name !== 'ours') await announceVideo(origin, common, journey)
    await journey.open()
    await journey.choose()
    await journey.send(common, () => progress.begin())
    const whole = await travel(ground, journey, link)
    await journey.end()
    if (whole) {
      progress.note(scale.bytes)
      await assertWhole(ground, journey)
    }
    const breaks = Math.max(1, journey.cuts + journey.kills)
    return {
      whole,
      reached_share: round(progress.reached / scale.bytes),
      resent_per_cut_bytes: Math.round(Math.max(0, link.passed.up - progress.reached) / breaks),
      resent_per_cut_max_bytes: Math.round(progress.wastedMost),
      goodput_share: round(progress.reached / (scale.bytesPerS * journey.linkUpS)),
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
  }
}
