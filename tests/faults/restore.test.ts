/** Named cases: a base backup, taken while people write, replaces the lost cluster. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askForRecovery, takeBaseBackup } from './baseBackup'
import { unsentOps } from './citizen'
import { Cluster } from './cluster'
import { expectNewFolios, expectPromises } from './promises'
import { Rehearsal } from './rehearsal'

let cluster: Cluster
let rehearsal: Rehearsal
beforeEach(async () => {
  cluster = await Cluster.make()
  rehearsal = await Rehearsal.open(cluster)
  await rehearsal.beforeBackup()
  await takeBaseBackup(cluster, 'first', 'copy', rehearsal.duringBackup)
  await rehearsal.afterBackup()
  await rehearsal.offline()
})
afterEach(() => cluster.destroy())

const epoch = async () => (await cluster.world.pull([])).epoch

/** Loses the current data and starts the copy instead. Returns the epochs before and after. */
async function restore(): Promise<[string, string]> {
  const before = await epoch()
  await cluster.stop()
  await cluster.run('copy')
  await rehearsal.expectLoss()
  return [before, await epoch()]
}

test('a base backup recovered on the same timeline keeps every promise if the operator calls begin_epoch', async () => {
  const [before, after] = await restore()
  expect(after, 'Postgres cannot tell').toBe(before)
  await cluster.world.sql('select app.begin_epoch()')
  await rehearsal.reconnect()
  await expectPromises(rehearsal, 'same timeline, begin_epoch')
  await expectNewFolios(rehearsal)
})

test('if the operator forgets begin_epoch, phones diverge once the server reaches their cursor, until the operator calls it', async () => {
  await restore()
  const { db } = rehearsal.author
  const { cursor } = (await db.cursors.get('public'))!
  const ask = async () => (await cluster.world.pull([{ scope: 'public', cursor }])).pulls[0]!
  expect((await ask()).reset, 'a cursor from the future').toBe(true)
  while ((await ask()).reset) await cluster.world.sql('select pg_current_xact_id()')
  await rehearsal.author.settle()
  const found = await rehearsal.count('same timeline, begin_epoch forgotten')
  expect(found.duplicate).toEqual([])
  expect(found.lost, 'two texts and a withdrawal, which are still on the phone').toHaveLength(3)
  expect(found.divergent.join(), 'a text that is gone').toContain('insumo')
  expect(found.missed.join(), 'a withdrawal that is gone').toContain(rehearsal.kept[2]!.id)
  await cluster.world.sql('select app.begin_epoch()')
  await rehearsal.reconnect()
  await expectPromises(rehearsal, 'remembered', true)
})

test('a base backup recovered to a point in time delays ops while it is read-only, and then has another epoch', async () => {
  askForRecovery(cluster, 'copy')
  const [before, during] = await restore()
  expect(during).toBe(before)
  await rehearsal.author.run()
  await rehearsal.staff.run()
  expect(await unsentOps(rehearsal.author)).toEqual(Array(5).fill('retry_wait server_fault'))
  expect(await unsentOps(rehearsal.staff)).toEqual(Array(2).fill('retry_wait server_fault'))
  await cluster.endRecovery()
  expect(await epoch(), 'Postgres began a new timeline').not.toBe(before)
  await rehearsal.reconnect()
  await expectPromises(rehearsal, 'point in time, new timeline')
})
