/** Runs before the workers start: builds the app if necessary and creates a folder that all workers share. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureHeadlessShell } from '../../scripts/chromium'
import { buildApp } from './backend'

const VARIABLE = 'E2E_SCRATCH'

/** The folder of this run. Workers inherit its name from the process that started them. */
export function scratchOfRun(): string {
  const folder = process.env[VARIABLE]
  if (!folder) throw new Error('the folder of the run is made by globalSetup')
  return folder
}

export default async function setup(): Promise<() => void> {
  ensureHeadlessShell() // before the workers, which would install it at the same time
  await buildApp()
  const folder = mkdtempSync(join(tmpdir(), 'convoca-scratch-'))
  process.env[VARIABLE] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
