/**
 * Chooses the target of the contract suite: the Supabase at SUPABASE_URL (with SUPABASE_PUBLISHABLE_KEY,
 * SUPABASE_SECRET_KEY, JOBS_SECRET, CONTRACT_STAFF_EMAIL and CONTRACT_STAFF_PASSWORD), or else the embedded backend on a
 * temporary folder. The target needs the migrations and the seed. The suite's first line of output names it.
 */
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { DEMO_STAFF, PUBLISHABLE_KEY } from '../../supabase/local/keys'
import { createBackend, listen } from '../../supabase/local/server'
import { giveKeys, TEST_KEYS } from '../support/keys'
import { storageApi } from './storageApi'

export interface Target {
  url: string
  publishableKey: string
  secretKey: string
  /** What the schedule shows to the functions it calls. */
  jobsSecret: string
  staff: { email: string; password: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    target: Target
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['SUPABASE_URL']
  const { target, stop } = url
    ? { target: givenTarget(url), stop: async () => undefined }
    : await embeddedTarget()
  console.log(`Contract suite against ${url ? url : `the embedded backend (${target.url})`}`)
  project.provide('target', target)
  return stop
}

function givenTarget(url: string): Target {
  const required = (name: string) => {
    const value = process.env[name]
    if (!value) throw new Error(`SUPABASE_URL is set, ${name} is not.`)
    return value
  }
  return {
    url,
    publishableKey: required('SUPABASE_PUBLISHABLE_KEY'),
    secretKey: required('SUPABASE_SECRET_KEY'),
    jobsSecret: required('JOBS_SECRET'),
    staff: { email: required('CONTRACT_STAFF_EMAIL'), password: required('CONTRACT_STAFF_PASSWORD') },
  }
}

async function embeddedTarget(): Promise<{ target: Target; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-contract-'))
  giveKeys(folder)
  const backend = await createBackend({
    folder,
    durable: false,
    say: (line) => console.log(line),
    ...storageApi(folder),
  })
  const listening = await listen(backend, 0)
  return {
    target: {
      url: listening.address,
      publishableKey: PUBLISHABLE_KEY,
      secretKey: TEST_KEYS.secretKey,
      jobsSecret: TEST_KEYS.jobsSecret,
      staff: DEMO_STAFF,
    },
    stop: async () => {
      await listening.close()
      await backend.close()
    },
  }
}
