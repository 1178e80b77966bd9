/** Shared fixtures of the registry's tests: calls as a coordinator, and rows of a file. */
import type { BodyInput, ImportCounts, ImportPreview, StaffRegistry, UndoCounts } from '@/domain/registry'
import { callAs, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

/** Rows of a file, of class sindicato unless they say otherwise. */
const rowsOf = (rows: Partial<BodyInput>[]): string =>
  JSON.stringify(rows.map((row, at) => ({ line: at + 2, name: '', class: 'sindicato', ...row })))

export const codesOf = ({ rows }: ImportPreview) =>
  rows.map(({ problems }) => problems.map(({ field, code }) => `${field} ${code}`))

/** Empties the registry, its reports and its registrations, and sets the real clock. */
export async function clearRegistry(db: TestDatabase) {
  await jx.clear(db)
  await db.pool.query('update app.sujetos_obligados set merged_into = null')
  for (const table of ['missing_bodies', 'caller_calls', 'sujetos_obligados'])
    await db.pool.query(`delete from app.${table}`)
  await fx.setClock(db, null)
}

/** The calls of the registry's screens. */
export function registryOf(db: TestDatabase) {
  const asCoordinator = <T>(fn: string, args: Record<string, unknown> = {}) =>
    callAs(db, fx.coordinator, fn, args) as Promise<T>
  const list = () => asCoordinator<StaffRegistry>('list_registry')
  return {
    asCoordinator,
    list,
    named: async (name: string) => (await list()).items.find((item) => item.name === name),
    preview: (...rows: Partial<BodyInput>[]) =>
      asCoordinator<ImportPreview>('preview_bodies', { p_rows: rowsOf(rows) }),
    importRows: async (rows: Partial<BodyInput>[], retireGone = false) =>
      asCoordinator<ImportCounts>('import_bodies', {
        p_rows: rowsOf(rows),
        p_expected: (await list()).version,
        p_retire_gone: retireGone,
      }),
    undo: (id: string | null) => asCoordinator<UndoCounts>('undo_import', { p_id: id }),
  }
}
