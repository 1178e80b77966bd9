/**
 * B6: a video of 300 MiB into the phone's store and out again, compared with a Blob in IndexedDB and with OPFS.
 */
import { openPhone, removeProfiles, type Phone } from '../support/browser'
import { startProxy } from '../support/proxy'
import { call, untilExposed } from './support/drive'
import { makeVideo, MIB } from './support/files'
import { startFront } from './support/front'
import { watchHeap } from './support/heap'
import { buildPages } from './support/pages'
import { bench, median, ratio, round, type Bench } from './support/run'

const SOURCES = { ours: 'pages/b6.ts', blob_in_indexeddb: 'pages/b6-blob.ts', opfs: 'pages/b6-opfs.ts' }
type Name = keyof typeof SOURCES

interface Measured {
  stage_mb_s: number
  read_mb_s: number
  stage_without_hash_mb_s: number | null
  heap_peak_live_mb: number
  heap_peak_mb: number
  durability: string
}

/**
 * The memory that the page really holds: the same work on a fresh page, untimed, with a garbage collection
 * before each sample. A store that keeps the whole file in memory would show it here.
 */
async function peakLiveMb(phone: Phone, name: Name, file: string): Promise<number> {
  const { page } = phone
  await phone.open(`/${name}/`)
  await untilExposed(page)
  await page.setInputFiles('#file', file)
  const heap = await watchHeap(await phone.context.newCDPSession(page), { everyMs: 200, collect: true })
  await call(page, 'stage', true)
  await call(page, 'read')
  return heap.end()
}

async function measure(origin: string, name: Name, file: string, bytes: number): Promise<Measured> {
  const network = await startProxy(origin)
  const phone = await openPhone(network)
  const { page } = phone
  try {
    await phone.open(`/${name}/`)
    await untilExposed(page)
    await page.setInputFiles('#file', file)
    const mbPerS = (ms: number) => bytes / 1e6 / (ms / 1000)
    const heap = await watchHeap(await phone.context.newCDPSession(page))
    const staged = await call<number>(page, 'stage', true)
    const read = await call<number>(page, 'read')
    const peak = await heap.end()
    const bare = name === 'ours' ? null : await call<number>(page, 'stage', false)
    return {
      stage_mb_s: mbPerS(staged),
      read_mb_s: mbPerS(read),
      stage_without_hash_mb_s: bare === null ? null : mbPerS(bare),
      heap_peak_mb: peak,
      durability: (await call<string[]>(page, 'durabilities')).join('+'),
      heap_peak_live_mb: await peakLiveMb(phone, name, file),
    }
  } finally {
    await phone.close()
    await network.close()
    await removeProfiles() // 300 MiB each
  }
}

function summary(runs: Measured[]) {
  const of = (key: Exclude<keyof Measured, 'durability'>) =>
    round(median(runs.map((run) => run[key] ?? Number.NaN)))
  const isHashed = runs[0]!.stage_without_hash_mb_s === null
  return {
    stage_mb_s: of('stage_mb_s'),
    read_mb_s: of('read_mb_s'),
    ...(!isHashed && { stage_without_hash_mb_s: of('stage_without_hash_mb_s') }),
    heap_growth_mb: of('heap_peak_live_mb'), // the name that the goal uses
    heap_peak_live_mb: of('heap_peak_live_mb'),
    heap_peak_mb: of('heap_peak_mb'),
    durability: runs[0]!.durability,
  }
}

async function work(the: Bench) {
  const pages = await buildPages(the, SOURCES)
  const front = await startFront({ pages })
  the.finally(front.close)
  the.finally(removeProfiles)
  const [runs, mib] = the.quick ? [1, 30] : [3, 300]
  const file = makeVideo(the, mib)
  const names = Object.keys(SOURCES) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<
    Name,
    Measured[]
  >
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) {
      const one = await measure(front.origin, name, file, mib * MIB)
      measured[name].push(one)
      the.say(`run ${run + 1}, ${name}: staged ${round(one.stage_mb_s)}, read ${round(one.read_mb_s)} MB/s`)
    }
  }
  const [ours, blob, opfs] = names.map((name) => summary(measured[name]))
  return {
    ours: ours!,
    peers: { blob_in_indexeddb: blob!, opfs: opfs! },
    ratio: {
      stage_to_blob_in_indexeddb: ratio(ours!.stage_mb_s, blob!.stage_mb_s),
      stage_to_opfs: ratio(ours!.stage_mb_s, opfs!.stage_mb_s),
      read_to_blob_in_indexeddb: ratio(ours!.read_mb_s, blob!.read_mb_s),
      read_to_opfs: ratio(ours!.read_mb_s, opfs!.read_mb_s),
    },
    runs,
    file_mib: mib,
    staged:
      'copied, hashed (SHA-256, the same code) and flushed; ours in 1 MiB rows, four a flush, then verified and sealed',
  }
}

await bench('B6', work, { needsPeers: false })
