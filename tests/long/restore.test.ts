/**
 * Named cases: a dump with `pg_dump` and its restore with `pg_restore`, with the phones of
 * `tests/faults/rehearsal.ts`.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Cluster } from '../faults/cluster'
import { expectNewFolios, expectPromises } from '../faults/promises'
import { Rehearsal } from '../faults/rehearsal'
import { PostgresPrograms } from './postgresPrograms'

const scratch = mkdtempSync(path.join(os.tmpdir(), 'convoca-programs-'))
chmodSync(scratch, 0o755)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const programs = PostgresPrograms.find(scratch)
console.info(
  programs
    ? `dumped by ${programs.version}`
    : 'NOT RUN: no pg_dump 17 or newer in PATH, and its npm package is not installed',
)

describe.skipIf(!programs)('dumps', () => {
  let cluster: Cluster
  let rehearsal: Rehearsal
  let dump: Buffer
  beforeEach(async () => {
    cluster = await Cluster.make()
    rehearsal = await Rehearsal.open(cluster)
    await rehearsal.beforeBackup()
    await rehearsal.duringBackup()
    dump = programs!.dump(cluster.adminUrl)
    await rehearsal.afterBackup()
    await rehearsal.offline()
  })
  afterEach(() => cluster.destroy())

  const epoch = async () => (await cluster.world.pull([])).epoch

  test('a dump restored into another project keeps every promise', async () => {
    const before = await epoch()
    await cluster.stop()
    await cluster.runEmpty('other')
    programs!.restore(dump, cluster.adminUrl)
    await rehearsal.expectLoss()
    expect(await epoch()).not.toBe(before)
    await cluster.world.sql('select app.begin_epoch()')
    await rehearsal.reconnect()
    await expectPromises(rehearsal, 'pg_restore into another project')
    await expectNewFolios(rehearsal)
  })

  test('a dump restored over the same database keeps every promise if the operator calls begin_epoch', async () => {
    const before = await epoch()
    programs!.restore(dump, cluster.adminUrl)
    await cluster.reconnect()
    await rehearsal.expectLoss()
    expect(await epoch(), 'Postgres cannot tell').toBe(before)
    await cluster.world.sql('select app.begin_epoch()')
    await rehearsal.reconnect()
    await expectPromises(rehearsal, 'pg_restore over the same database')
    await expectNewFolios(rehearsal)
  })
})
