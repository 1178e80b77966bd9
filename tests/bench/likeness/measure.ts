/** What the digest of ten thousand proposals takes: bytes, and time on a phone four times slower. */
import { gzipSync } from 'node:zlib'
import { makeDigest } from '../../support/likeness/makeDigest'
import { openPhone, removeProfiles } from '../../support/browser'
import { startProxy } from '../../support/proxy'
import { call, untilExposed } from '../support/drive'
import { startFront } from '../support/front'
import { buildPages } from '../support/pages'
import { percentile, round, type Bench } from '../support/run'
import { manyProposals } from './manyProposals'

const COUNT = 10_000
const SEED = 20261129
const THROTTLE = 4
const ADDRESS = '/digest.json'

/** The median length of the demonstration's proposals, in words, for comparison with those made here. */
const wordsIn = (texts: readonly string[]) =>
  Math.round(texts.reduce((sum, text) => sum + text.split(/\s+/u).length, 0) / texts.length)

async function timeKeys(the: Bench, digest: string, texts: readonly string[]) {
  const pages = await buildPages(the, { likeness: 'pages/likeness.ts' })
  const front = await startFront({
    pages,
    routes: [
      (incoming, outgoing) => {
        if (incoming.url !== ADDRESS) return false
        outgoing.writeHead(200, { 'content-type': 'application/json' }).end(digest)
        return true
      },
    ],
  })
  the.finally(() => front.close())
  the.finally(removeProfiles)
  const phone = await openPhone(await startProxy(front.origin))
  try {
    await phone.open('/likeness/')
    await untilExposed(phone.page)
    const session = await phone.context.newCDPSession(phone.page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
    const built = await call<{ all: number; longest: number }>(phone.page, 'hold', ADDRESS)
    const keys: number[] = []
    for (const text of texts) keys.push(...(await call<number[]>(phone.page, 'write', text)))
    return {
      ms_per_key_4x: round(percentile(keys, 0.95)),
      ms_per_key_4x_median: round(percentile(keys, 0.5)),
      keys: keys.length,
      index_ms_4x: round(built.all),
      index_longest_step_ms_4x: round(built.longest),
    }
  } finally {
    await phone.close()
  }
}

/** `texts` are the labelled ones: the proposals are made of their sentences, and some of them are typed. */
export async function measureTenThousand(the: Bench, texts: readonly string[]) {
  const count = the.quick ? 1000 : COUNT
  const proposals = manyProposals(texts, count, SEED)
  const digest = makeDigest(proposals)
  const text = JSON.stringify(digest)
  the.say(`a digest of ${count} proposals: ${text.length} bytes`)
  const typed = proposals.slice(0, the.quick ? 2 : 6)
  return {
    digest_bytes_10k: Buffer.byteLength(text),
    digest_gzip_bytes_10k: gzipSync(text).length,
    ...(await timeKeys(the, text, typed)),
    proposals: {
      count,
      words_each: wordsIn(proposals),
      vocabulary: digest.words.split(' ').length,
      seed: SEED,
    },
  }
}
