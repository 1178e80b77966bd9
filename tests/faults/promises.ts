/** The promises that must hold once the phones of a rehearsal have reached the restored server. */
import { expect } from 'vitest'
import { effectsOf, unsentOps } from './citizen'
import { nothingFound } from './ledger'
import { DRAFT, type Rehearsal } from './rehearsal'

interface Row {
  id: string
  state: string
  version: number
}

const rowsOf = async ({ cluster }: Rehearsal): Promise<Map<string, Row>> => {
  const rows = await cluster.world.sql<Row>('select id, state, version from app.submissions')
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * The screen shows each submission exactly as the server has it, and as not received if the server does not
 * have it.
 */
async function expectScreens(rehearsal: Rehearsal, isLate: boolean): Promise<void> {
  const known = await rowsOf(rehearsal)
  const { author, kept, gone, waiting, chipOf } = rehearsal
  const views = await author.views()
  for (const { id, row } of views) {
    expect(row && { id, state: row.state, version: row.version }).toEqual(known.get(id) ?? null)
  }
  expect(await chipOf(kept[0]!)).toBe('withdrawn')
  expect(await chipOf(kept[2]!), 'its withdrawal was sent again').toBe('withdrawn')
  expect(await Promise.all(gone.map(chipOf)), 'sent again, and then what was asked of one').toEqual([
    isLate ? 'needs_attention' : 'withdrawn', // the server refused to withdraw what it did not know
    'received',
  ])
  for (const one of waiting) expect(await chipOf(one)).toBe('received')
}

/** No verdict of the old history hides a row of the restored server. */
async function expectDesk(rehearsal: Rehearsal): Promise<void> {
  const known = await rowsOf(rehearsal)
  const { staff, kept, gone } = rehearsal
  const items = await staff.queue()
  expect(items.length).toBeGreaterThan(0)
  for (const { id, state, version } of items) expect({ id, state, version }).toEqual(known.get(id))
  for (const { id } of [...kept, ...gone]) {
    const decided = await staff.decided(id)
    expect(decided?.version ?? 0).toBeLessThanOrEqual(known.get(id)?.version ?? 0)
  }
}

/** The ops kept on the phones survived: sent with one effect each, refused with a reason, or untouched. */
async function expectOutbox(
  { cluster, author, staff, gone, waiting }: Rehearsal,
  isLate: boolean,
): Promise<void> {
  for (const one of waiting) expect(await effectsOf(cluster.world, one)).toEqual(['received'])
  expect(await unsentOps(author)).toEqual(isLate ? ['needs_person submission_unknown'] : [])
  expect(await unsentOps(staff)).toEqual(['needs_person conflict'])
  for (const one of gone) expect((await effectsOf(cluster.world, one))[0]).toBe('received')
  expect(await author.db.drafts.toArray()).toEqual([DRAFT])
}

/** A later change arrives as a change, without a full read. */
async function expectCursors(rehearsal: Rehearsal, name: string): Promise<void> {
  const { cluster, author } = rehearsal
  const { cursor } = (await author.db.cursors.get('public'))!
  await rehearsal.publish()
  const { pulls } = await cluster.world.pull([{ scope: 'public', cursor }])
  expect(pulls[0]).toMatchObject({ reset: false, more: false, changes: [{ entity: 'insumo', op: 'put' }] })
  await rehearsal.reconnect()
  expect(await rehearsal.count(`${name}, and what changed then`)).toEqual(nothingFound())
}

/**
 * Call after `begin_epoch`. A folio issued after the backup belongs to nobody after the restore, and its author
 * sees it beside the new one.
 */
export async function expectNewFolios({ cluster, author, gone, toldFolios }: Rehearsal): Promise<void> {
  expect(toldFolios).toHaveLength(2)
  const folios = await cluster.world.sql<{ folio: string }>('select folio from app.submissions')
  for (const [index, { id }] of gone.entries()) {
    const item = await author.db.items.get(id)
    expect(item?.old_folio).toBe(toldFolios[index])
    expect(folios.map(({ folio }) => folio)).toContain(item?.folio)
    expect(folios.map(({ folio }) => folio)).not.toContain(toldFolios[index])
  }
}

/** Checks every promise. `isLate`: phones had sent ops to the restored server before its epoch changed. */
export async function expectPromises(rehearsal: Rehearsal, name: string, isLate = false): Promise<void> {
  expect(await rehearsal.count(name)).toEqual(nothingFound())
  await expectScreens(rehearsal, isLate)
  await expectDesk(rehearsal)
  await expectOutbox(rehearsal, isLate)
  await expectCursors(rehearsal, name)
}
