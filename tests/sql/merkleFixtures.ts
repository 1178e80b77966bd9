/** The transparency log in tests: the job, the function `sign` with files in memory, and what a phone asks. */
import type { LogProof } from '@/domain/publicLog'
import { stepLeaf } from '../../supabase/functions/_shared/signed/publicLog'
import { signHead } from '../../supabase/functions/sign/logHead'
import type { SigningKeys } from '../../supabase/functions/sign/keys'
import { anon, callAs, service, type TestDatabase } from '../support/database'
import type { Sent } from './fixtures'

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
