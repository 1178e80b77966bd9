/**
 * The demonstration of `seed.sql` and its sample registry, written once for each database: what people then edit,
 * delete or add is theirs. Only the calendar of campaigns that nobody saved goes on, so that they stay open.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { importBodies } from './importBodies'
import { inTransaction } from './migrate'

const FILES = ['seed.sql', 'samples/sujetos-obligados.csv']

const CHANGED =
  'La demostración de supabase/seed.sql cambió, y estos datos conservan la anterior. Para verla, empieza de nuevo con «npm start -- --reset».'

/** Seeds a database that never was, or moves the calendar of one that was. `supabase` is the project's folder. */
export async function seedOnce(
  client: pg.Client,
  supabase: string,
  say: (line: string) => void,
): Promise<void> {
  const [seed, registry] = FILES.map((file) => readFileSync(path.join(supabase, file))) as [Buffer, Buffer]
  const hash = createHash('sha256').update(seed).update(registry).digest('hex')
  const { rows } = await client.query<{ hash: string | null; has_institution: boolean }>(
    `select (select hash from supabase_migrations.seed_files where path = $1) as hash,
       exists (select from app.institution) as has_institution`,
    [FILES[0]],
  )
  const { hash: seeded, has_institution: hasInstitution } = rows[0]!
  if (seeded !== null && seeded !== hash) say(CHANGED)
  await inTransaction(client, FILES[0]!, async () => {
    if (seeded === null && !hasInstitution) {
      await client.query(String(seed))
      await importBodies(client, registry)
    }
    if (seeded === null)
      await client.query('insert into supabase_migrations.seed_files (path, hash) values ($1, $2)', [
        FILES[0],
        hash,
      ])
    await client.query(readFileSync(path.join(supabase, 'local/demoCalendar.sql'), 'utf8'))
  })
}
