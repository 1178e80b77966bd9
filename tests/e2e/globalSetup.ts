/** One app and one backend for all specs of the run. */
import type { TestProject } from 'vitest/node'
import { startBackend } from './backend'

declare module 'vitest' {
  interface ProvidedContext {
    backend: { origin: string; databaseUrl: string; scratch: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { origin, databaseUrl, scratch, stop } = await startBackend()
  project.provide('backend', { origin, databaseUrl, scratch })
  return stop
}
