/**
 * Pages that run in the browser: one for the app's modules and one for each peer, so that no contender loads
 * the code of another.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundlePage } from '../../support/pages'
import type { Bench } from './run'

const BENCH = path.resolve(import.meta.dirname, '..')

const bundle = (source: string, outDir: string, fileName: string, isWorker: boolean): Promise<void> =>
  bundlePage({
    input: path.join(BENCH, source),
    outDir,
    fileName,
    isWorker,
    isPeer: source.startsWith('peers/'),
  })

/** Builds `<name>/main.js` of each page and returns their folder; `sources` are paths inside `tests/bench`. */
export async function buildPages(bench: Bench, sources: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-bench-'))
  bench.finally(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, source] of Object.entries(sources)) {
    bench.say(`building ${name}`)
    await bundle(source, path.join(folder, name), 'main.js', false)
  }
  return folder
}

/** Adds a service worker: one file without modules. */
export const buildWorker = (folder: string, name: string, source: string): Promise<void> =>
  bundle(source, path.join(folder, name), 'sw.js', true)
