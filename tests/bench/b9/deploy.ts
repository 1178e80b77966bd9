/** Two versions of the app without a common file name, and a server that switches between them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serveFolder } from '../../../supabase/local/static'
import type { Bench } from '../support/run'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** Builds in a process of its own, because bundlers write to stdout, which belongs to the report. */
function buildVersion(the: Bench, word: string): string {
  const outDir = mkdtempSync(path.join(tmpdir(), `convoca-bench-${word}-`))
  the.finally(() => rmSync(outDir, { recursive: true, force: true }))
  the.say(`building version ${word}`)
  const args = ['--import', 'tsx', path.join(ROOT, 'scripts/bench.ts'), 'b9/build', outDir, word]
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2], env })
  if (status !== 0) throw new Error(`version ${word} could not be built`)
  return outDir
}

export interface Host {
  serve(incoming: IncomingMessage, outgoing: ServerResponse): void
  /** Replaces this version by the other one. Its files are gone. */
  deploy(): void
  /** Requests for files that a deploy had removed. */
  missed(): number
}

export function startHost(the: Bench): Host {
  const versions = [buildVersion(the, 'one'), buildVersion(the, 'two')].map(serveFolder)
  let current = 0
  let missed = 0
  return {
    serve: (incoming, outgoing) => {
      outgoing.on('finish', () => {
        if (outgoing.statusCode === 404 && incoming.url?.startsWith('/assets/')) missed += 1
      })
      versions[current]!(incoming, outgoing)
    },
    deploy: () => void (current = 1 - current),
    missed: () => missed,
  }
}
