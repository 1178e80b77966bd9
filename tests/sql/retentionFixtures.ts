/** Fixtures of the retention tests: the clock at the edge of a period, and the receipts. */
import type { DeletionReceipt } from '@/domain/institution'
import { asActor, callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

/** The helpers on the database that `get` answers at each call. */
export function retentionOn(get: () => TestDatabase) {
  const scalar = async <T>(sql: string, values: unknown[] = []) =>
    (await get().pool.query<{ v: T }>(`select (${sql}) as v`, values)).rows[0]!.v
  const runDue = () => asActor(get(), service, (client) => client.query('select public.run_due_jobs()'))

  /** The first millisecond at or after an instant that a statement names; Postgres has microseconds. */
  const instant = (sql: string, id: string) =>
    scalar<Date>(`date_trunc('milliseconds', (${sql}) + interval '999 microseconds')`, [id])

  /** Runs the due jobs a second before an instant and at it; answers what `read` sees each time. `$1` is the id. */
  async function atTheEdge<T>(end: string, id: string, read: () => Promise<T>): Promise<[T, T]> {
    const at = await instant(end, id)
    await fx.setClock(get(), new Date(at.getTime() - 1000).toISOString())
    await runDue()
    const before = await read()
    await fx.setClock(get(), at.toISOString())
    await runDue()
    return [before, await read()]
  }
  /** `[amount, deleted]` of the receipts of a rule. */
  async function receipts(rule: DeletionReceipt['rule']) {
    const { items } = (await callAs(get(), fx.admin, 'deletion_receipts')) as { items: DeletionReceipt[] }
    return items.filter((one) => one.rule === rule).map(({ amount, deleted }) => [amount, deleted])
  }
  const clearReceipts = () =>
    get().pool
      .query(`alter table app.deletion_receipts disable trigger user; delete from app.deletion_receipts;
      alter table app.deletion_receipts enable trigger user`)
  const open = ({ row, secret }: { row: { folio: string }; secret: string }) =>
    fx.openFolio(get(), row.folio, secret)
  return { scalar, runDue, instant, atTheEdge, receipts, clearReceipts, open }
}
