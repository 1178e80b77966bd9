/** One app and one backend for all specs of the run. */
import type { TestProject } from 'vitest/node'
import { startBackend } from './backend'

declare module 'vitest' {
  interface ProvidedContext {
    backend: { origin: string; databaseUrl: string; dist: string; scratch: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...backend } = await startBackend()
  project.provide('backend', backend)
  return stop
}
