/** A folder with a backend for one test. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { type BackendOptions, createBackend, listen } from '../../supabase/local/server'
import { giveKeys } from '../support/keys'

/** An empty folder in the temporary folder that the account of Postgres can enter. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-embedded-'))
  chmodSync(folder, 0o755)
  giveKeys(folder)
  return folder
}

let prepared: Promise<string> | null = null

/**
 * A folder with the data of a first start. The first call in a file creates them, and later calls copy them.
 */
export async function makeSeededFolder(): Promise<string> {
  prepared ??= (async () => {
    const folder = makeFolder()
    await (await start({ folder, durable: true })).close()
    return folder
  })()
  const folder = makeFolder()
  execFileSync('cp', ['-a', `${await prepared}/.`, folder]) // keeps the owner, who runs Postgres
  return folder
}

/** Deletes the data that later calls would copy. Call it in `afterAll`. */
export async function deletePrepared(): Promise<void> {
  if (prepared) rmSync(await prepared, { recursive: true, force: true })
}

export interface Running {
  address: string
  databaseUrl: string
  /** The messages of the backend for the person who started it. */
  said: string[]
  close(): Promise<void>
}

export async function start(
  options: Omit<BackendOptions, 'say'>,
  otherwise?: Parameters<typeof listen>[2],
): Promise<Running> {
  const said: string[] = []
  const backend = await createBackend({ ...options, say: (line) => said.push(line) })
  const listening = await listen(backend, 0, otherwise)
  return {
    address: listening.address,
    databaseUrl: backend.databaseUrl,
    said,
    close: async () => {
      await listening.close()
      await backend.close()
    },
  }
}

/** The status of a call that reads the database. */
export const callStatus = async ({ address }: Running): Promise<number> =>
  (await fetch(`${address}/rest/v1/rpc/bootstrap`, { headers: { apikey: PUBLISHABLE_KEY } })).status

/** Waits until the condition holds. Throws after 30 s. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within 30 s: ${what}`)
    await wait(50)
  }
}
