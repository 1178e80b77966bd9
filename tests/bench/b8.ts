/**
 * B8: the first visit as Lighthouse measures it (a phone with 4× CPU throttle on slow 4G, simulated): landing, campaign,
 * form and gallery of the production build with the demonstration's content, and an empty page of the same Vite as the
 * limit of what is possible here.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { ensureChromium } from '../../scripts/chromium'
import { buildIfStale } from '../../supabase/local/build'
import { liveOnce } from '../../supabase/local/demo/live'
import { serveFolder } from '../../supabase/local/static'
import { createBackend, listen } from '../../supabase/local/server'
import { runLighthouse, type Visit } from './b8/lighthouse'
import { ensurePeers } from './support/peers'
import { bench, type Bench, median, round } from './support/run'

const ROOT = path.resolve(import.meta.dirname, '../..')
const RUNS = 5

/** The goals of quality.md: a share, milliseconds, milliseconds, a share. */
const GOALS = { performance: 0.95, tbt_ms: 100, lcp_ms: 1800, seo: 1 }

const PAGES: Record<string, string> = {
  landing: '/',
  campaign: '/c/cultura-de-gobierno-abierto',
  form: `/c/cultura-de-gobierno-abierto/propuesta/${crypto.randomUUID()}/aviso`,
  gallery: '/c/videos-por-el-gobierno-abierto/galeria',
}

/** The app with its demonstration, on an address of its own. */
async function startApp(the: Bench): Promise<string> {
  const { folder: dist } = await buildIfStale(ROOT)
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-bench-b8-'))
  const backend = await createBackend({ folder, durable: false, say: the.say })
  const { address, close } = await listen(backend, 0, serveFolder(dist))
  the.finally(async () => {
    await close()
    await backend.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { databaseUrl, keys } = backend
  await liveOnce({ address, databaseUrl, jobsSecret: keys.jobsSecret }, the.say)
  return address
}

/** A page with one line of script, built by the same Vite and served by the same server. */
async function startEmpty(the: Bench): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-bench-empty-'))
  const page = '<!doctype html><html lang="es"><meta charset="utf-8"><title>Vacía</title>'
  const head =
    '<meta name="description" content="Una página"><meta name="viewport" content="width=device-width">'
  writeFileSync(
    path.join(folder, 'index.html'),
    `${page}${head}<p id="a"></p><script type="module" src="/a.js"></script>`,
  )
  writeFileSync(path.join(folder, 'a.js'), 'document.getElementById("a").textContent = "Hola"')
  await build({ root: folder, configFile: false, logLevel: 'error' })
  const serve = serveFolder(path.join(folder, 'dist'))
  const server = createServer(serve)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  the.finally(async () => {
    await new Promise((done) => server.close(done))
    rmSync(folder, { recursive: true, force: true })
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`
}

const medians = (visits: Visit[]) =>
  Object.fromEntries(
    (Object.keys(visits[0]!) as (keyof Visit)[]).map((key) => [
      key,
      round(median(visits.map((visit) => visit[key]))),
    ]),
  )

async function work(the: Bench) {
  const missing = ensurePeers(the.say, path.join(import.meta.dirname, 'b8'))
  if (missing) throw new Error(missing)
  const app = await startApp(the)
  const empty = await startEmpty(the)
  const contenders = [
    ...Object.entries(PAGES).map(([name, at]) => [name, app + at] as const),
    ['empty', empty] as const,
  ]
  const visits = new Map<string, Visit[]>(contenders.map(([name]) => [name, []]))
  const runs = the.quick ? 1 : RUNS
  for (let run = 1; run <= runs; run += 1) {
    for (const [name, url] of contenders) {
      const visit = await runLighthouse(url, ensureChromium())
      visits.get(name)!.push(visit)
      the.say(`${run}/${runs} ${name}: ${JSON.stringify(visit)}`)
    }
  }
  const figures = Object.fromEntries([...visits].map(([name, all]) => [name, medians(all)]))
  const { empty: limit, ...ours } = figures
  return { ours, peers: { empty_vite_page: limit }, ratio: {}, runs, goals: GOALS }
}

await bench('b8', work, { needsPeers: false })
