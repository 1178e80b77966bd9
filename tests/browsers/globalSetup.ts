/** One app and one backend for all test files of the run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startBackend } from '../e2e/backend'

declare module 'vitest' {
  interface ProvidedContext {
    backend: { origin: string; databaseUrl: string; scratch: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { origin, databaseUrl, stop } = await startBackend()
  const scratch = mkdtempSync(join(tmpdir(), 'convoca-scratch-'))
  project.provide('backend', { origin, databaseUrl, scratch })
  return async () => {
    await stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}
