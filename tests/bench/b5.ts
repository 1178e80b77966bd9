/** B5: a video over a slow link that is cut repeatedly, from a browser that is killed three times. */
import { removeProfiles } from '../support/browser'
import { measure, type Ground, type Measured } from './b5/measure'
import { describe, scaleOf } from './b5/scale'
import { submissionOf } from './b5/submission'
import { startBackend } from './support/backend'
import { makeVideo } from './support/files'
import { buildPages } from './support/pages'
import { versionOf } from './support/peers'
import { bench, ratio, type Bench } from './support/run'

const SOURCES = { ours: 'pages/b5.ts', tus_js_client: 'peers/b5-tus.ts', uppy: 'peers/b5-uppy.ts' }

type Found = Measured | { failed: string }

async function work(the: Bench) {
  const { ours, ...others } = SOURCES
  const sources: Record<string, string> = the.peersMissing ? { ours } : { ours, ...others }
  const pages = await buildPages(the, sources)
  const { origin, database } = await startBackend(the)
  the.finally(removeProfiles)
  const mib = the.quick ? 20 : 300
  const scale = scaleOf(mib)
  const common = await submissionOf(database, scale.bytes)
  const ground: Ground = { pages, origin, database, file: makeVideo(the, mib), common, scale }
  const found: Record<string, Found> = {}
  const run = async (name: string) => {
    found[name] = await measure(ground, name).catch((error: Error) => {
      if (name === 'ours') throw error
      return { failed: error.message }
    })
    the.say(`${name}: ${JSON.stringify(found[name])}`)
  }
  // All run concurrently: each waits for its own link.
  await Promise.all(Object.keys(sources).map(run))
  const { ours: mine, ...peers } = found
  const goodput = (one: Found | undefined) => (one && 'goodput_share' in one ? one.goodput_share : undefined)
  const skipped = Object.fromEntries(Object.keys(others).map((name) => [name, { skipped: the.peersMissing }]))
  return {
    ours: mine!,
    peers: the.peersMissing ? skipped : peers,
    ratio: Object.fromEntries(
      Object.entries(peers).map(([name, peer]) => [
        `goodput_to_${name}`,
        ratio(goodput(mine), goodput(peer)),
      ]),
    ),
    runs: 1,
    at_once: Object.keys(sources).length,
    scaled_link: describe(scale),
    versions: ['tus-js-client', '@uppy/core', '@uppy/tus', '@uppy/golden-retriever'].map(versionOf),
  }
}

await bench('B5', work)
