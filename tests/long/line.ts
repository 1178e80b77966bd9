/** A bad line for one test, and the phones on it. */
import { test as base } from '../e2e/stage'
import { newProfile, openPhone, type Phone } from '../support/browser'
import { startLink, type Link, type LinkOptions } from '../support/link'
import { SEED } from './measure'

/** 750 kbps up, as in places with a bad signal. Each test adds its own cuts and stalls. */
const BAD = {
  seed: SEED,
  upBytesPerSecond: 750_000 / 8,
  downBytesPerSecond: 1_600_000 / 8,
  delayMs: 75,
}

export interface BadLine {
  readonly link: Link
  /** Opens a phone that reaches the server over this line. */
  phone(profile?: string): Promise<Phone>
}

/** The stage, with lines to its network. Each line ends with its test. */
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
