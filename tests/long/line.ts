/** A bad line of one's own for a test, and the phones on it. */
import { test as base } from '../e2e/stage'
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

/** The stage, and lines to its network; each is gone after its test. */
export const test = base.extend<{ layBadLine: (faults: Partial<LinkOptions>) => Promise<BadLine> }>({
  layBadLine: async ({ stage }, use) => {
    const links: Link[] = []
    await use(async (faults) => {
      const link = await startLink(stage.network.origin, { ...BAD, ...faults })
      links.push(link)
      const network = { origin: link.origin, down: (on: boolean) => stage.network.down(on) }
      return { link, phone: (profile = newProfile()) => openPhone(network, profile) }
    })
    for (const link of links) await link.close()
  },
})
