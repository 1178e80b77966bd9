/**
 * One temporary Postgres for a run of the SQL tests, with a template database (bootstrap, migrations, seed)
 * that `createTestDatabase` clones for each file.
 */
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepareDatabase, withClient } from '../../supabase/local/database'
import { startPostgres } from '../../supabase/local/postgres'
import { openStaffSessions } from './sessions'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

export const TEMPLATE = 'convoca_template'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-sql-'))
  const postgres = await startPostgres({ folder, durable: false })
  try {
    await withClient(postgres.url('supabase_admin'), (client) => client.query(`create database ${TEMPLATE}`))
    await prepareDatabase(postgres, { database: TEMPLATE, seed: true })
    const template = new URL(postgres.url('postgres'))
    template.pathname = `/${TEMPLATE}`
    await withClient(template.href, openStaffSessions)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  project.provide('postgresUrl', postgres.url('postgres'))
  return () => postgres.stop()
}
