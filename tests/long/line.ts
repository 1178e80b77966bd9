/** A bad line of one's own for a test, and the phones on it. */
import { afterEach } from 'vitest'
import type { Stage } from '../e2e/stage'
import { newProfile, openPhone, type Phone } from '../support/browser'
import { startLink, type Link, type LinkOptions } from '../support/link'
import { SEED } from './measure'

/** 750 kbps up, as people have it where signal is bad; cuts and stalls are each test's own. */
const BAD = {
  seed: SEED,
  upBytesPerSecond: 750_000 / 8,
  downBytesPerSecond: 1_600_000 / 8,
  delayMs: 75,
}

export interface BadLine {
  readonly link: Link
  /** A phone whose server is at the other end of the line. */
  phone(profile?: string): Promise<Phone>
}

/** Lays lines to the stage's network; each is gone after its test. */
export function useBadLine(stage: Stage): (faults: Partial<LinkOptions>) => Promise<BadLine> {
  let link: Link | undefined
  afterEach(async () => {
    await link?.close()
    link = undefined
  })
  return async (faults) => {
    const line = (link = await startLink(stage.network.origin, { ...BAD, ...faults }))
    const network = { origin: line.origin, down: (on: boolean) => stage.network.down(on) }
    return { link: line, phone: (profile = newProfile()) => openPhone(network, profile) }
  }
}
