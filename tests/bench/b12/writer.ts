/** Writes what is due of an edition into a folder, as the function open-data does, and prints its peak of memory. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { createHandler, type EditionWork } from '../../../supabase/functions/open-data/handler'
import { secretHeader } from '../../../supabase/functions/_shared/callerSecret'
import { asService } from '../../../supabase/local/service'

const [url, folder] = process.argv.slice(2) as [string, string]
const pool = new pg.Pool({ connectionString: url, max: 1 })
const SECRET = 'bench'
const handle = createHandler({
  callerSecret: SECRET,
  take: async () =>
    (await asService<EditionWork | null>(pool, 'select public.take_edition_work() as result', [])) ?? null,
  settle: async ({ convocatoria, number, work, page }, files, error) => {
    if (error) throw new Error(error)
    await asService(pool, 'select public.settle_edition_work($1, $2, $3, $4, $5)::text as result', [
      convocatoria,
      number,
      work,
      page,
      JSON.stringify(files),
    ])
    process.stdout.write(`${work} ${page}\n`)
  },
  objects: {
    put: (bucket, name, bytes) => {
      const file = path.join(folder, bucket, name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, bytes)
      return Promise.resolve()
    },
    remove: () => Promise.resolve(),
  },
})

for (let done = 1; done > 0;) {
  const call = new Request('http://localhost/', { method: 'POST', headers: secretHeader(SECRET) })
  done = ((await (await handle(call)).json()) as { done: number }).done
}
await pool.end()
process.stdout.write(`peak ${Math.ceil(process.resourceUsage().maxRSS / 1024)}\n`)
