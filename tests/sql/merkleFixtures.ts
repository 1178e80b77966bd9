/** The transparency log in tests: the job, the function `sign` with files in memory, and what a phone asks. */
import type { LogProof } from '@/domain/publicLog'
import { stepLeaf } from '../../supabase/functions/_shared/signed/publicLog'
import { signHead } from '../../supabase/functions/sign/logHead'
import type { SigningKeys } from '../../supabase/functions/sign/keys'
import { anon, callAs, service, type TestDatabase } from '../support/database'
import { type Sent, setClock } from './fixtures'

export const KEYS: SigningKeys = { '2026-01-01': '01'.repeat(32) }

export const sequence = async (db: TestDatabase): Promise<number> =>
  (await db.pool.query<{ n: number }>('select app.sequence_events() as n')).rows[0]!.n

/** Signs what is due; the files that it writes get into `files` by their names. */
export async function sign(db: TestDatabase, files = new Map<string, string>(), keys = KEYS) {
  const { status, body } = await signHead(keys, asService(db), {
    put: async (bucket, name, bytes) => void files.set(`${bucket}/${name}`, new TextDecoder().decode(bytes)),
  })
  return { status, ...(body as { head?: boolean; files?: number }) }
}

const asService = (db: TestDatabase) => async (name: string, args: object) => ({
  status: 200,
  body: await callAs(db, service, name, args as Record<string, unknown>),
})

export const proofOf = (db: TestDatabase, one: Pick<Sent, 'row' | 'secret'>, p_known = 0) =>
  callAs(db, anon, 'log_proof', {
    p_folio: one.row.folio,
    p_secret: one.secret,
    p_known,
  }) as Promise<LogProof>

/** The leaves as the table has them, in hexadecimal. */
export async function leaves(db: TestDatabase): Promise<string[]> {
  const sql = `select encode(hash, 'hex') as hash from app.merkle_leaves order by position`
  return (await db.pool.query<{ hash: string }>(sql)).rows.map(({ hash }) => hash)
}

export const leafOf = ({ text, salt }: LogProof['steps'][number]) =>
  Buffer.from(stepLeaf(text, salt)!).toString('hex')

/** Noon in central Mexico, so many days from now. */
export async function noon(db: TestDatabase, days: number) {
  const at = `((app.local_day(pg_catalog.now()) + ${days}) + time '12:00') at time zone 'America/Mexico_City'`
  const { rows } = await db.pool.query<{ at: string }>(`select (${at})::text as at`)
  await setClock(db, rows[0]!.at)
}

/** Adds leaves of no event. */
export async function growTo(db: TestDatabase, size: number) {
  await db.pool.query(
    `insert into app.merkle_leaves (position, event_seq, hash)
     select p, -p, sha256(p::text::bytea) from generate_series(app.merkle_size(), $1) p`,
    [size - 1],
  )
  const from = 'select 16 * count(*) from app.merkle_nodes where level = 4'
  await db.pool.query(`select app.grow_tree((${from}), $1)`, [size])
}
