/** What must hold once the phones of a rehearsal found the restored server. */
import { expect } from 'vitest'
import { effectsOf, left } from './citizen'
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

/** Nothing is shown as received that the server does not know, and everything as it knows it. */
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

/** No verdict of the other history hides what the server says now. */
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

/** What was kept on the phones came through: sent with one effect each, refused with a reason, or untouched. */
async function expectOutbox(
  { cluster, author, staff, gone, waiting }: Rehearsal,
  isLate: boolean,
): Promise<void> {
  for (const one of waiting) expect(await effectsOf(cluster.world, one)).toEqual(['received'])
  expect(await left(author)).toEqual(isLate ? ['needs_person submission_unknown'] : [])
  expect(await left(staff)).toEqual(['needs_person conflict'])
  for (const one of gone) expect((await effectsOf(cluster.world, one))[0]).toBe('received')
  expect(await author.db.drafts.toArray()).toEqual([DRAFT])
}

/** What changes from now on comes as a change, not as everything anew. */
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
 * A folio that somebody was told before the restore is nobody's after it, and its author is told the new one
 * beside it. To be asked after `begin_epoch`.
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

/** `isLate`: phones had sent to the restored server before it told them that it is another one. */
export async function expectPromises(rehearsal: Rehearsal, name: string, isLate = false): Promise<void> {
  expect(await rehearsal.count(name)).toEqual(nothingFound())
  await expectScreens(rehearsal, isLate)
  await expectDesk(rehearsal)
  await expectOutbox(rehearsal, isLate)
  await expectCursors(rehearsal, name)
}
