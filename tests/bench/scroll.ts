/** Lists of 2,000 rows that a person scrolls from the top to the end, in a browser four times slower. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openPhone, removeProfiles } from '../support/browser'
import { call, untilExposed } from './support/drive'
import { startFront } from './support/front'
import type { LongTasks } from './support/longTasks'
import { buildPages } from './support/pages'
import { bench, type Bench } from './support/run'

const ROWS = 2000
const THROTTLE = 4
const STEP_PX = 900
const LISTS = { door: 360, queue_phone: 360, published: 360, registrations: 1366, queue: 1366 }

async function measure(pages: string, name: string, width: number) {
  const front = await startFront({ pages })
  const phone = await openPhone({ origin: front.origin, down: () => undefined }, undefined, { width })
  const { page } = phone
  try {
    await phone.open('/ours/')
    await untilExposed(page)
    const folder = path.join(pages, 'ours')
    for (const file of readdirSync(folder, { recursive: true }).map(String))
      if (file.endsWith('.css')) await page.addStyleTag({ path: path.join(folder, file) })
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
    await call(page, 'show', name, ROWS)
    await wait(2000)
    const shown = await call<LongTasks>(page, 'longTasks')
    await call(page, 'scroll', STEP_PX)
    await wait(500)
    return { first_longest_ms: shown.max_ms, scrolled: await call<LongTasks>(page, 'longTasks') }
  } finally {
    await phone.close()
    await front.close()
    await removeProfiles()
  }
}

async function work(the: Bench) {
  const pages = await buildPages(the, { ours: 'pages/scroll.ts' })
  const found: Record<string, Awaited<ReturnType<typeof measure>>> = {}
  for (const [name, width] of Object.entries(LISTS)) {
    found[name] = await measure(pages, name, width)
    the.say(`${ROWS} rows of ${name}: ${JSON.stringify(found[name])}`)
  }
  return { ours: found, peers: {}, ratio: {}, runs: 1, rows: ROWS, cpu_throttle: THROTTLE }
}

await bench('scroll', work, { needsPeers: false })
