/**
 * The eighth common fault: the transaction that began first commits last, while the phone is away. A client
 * that resumes from the rows' own timestamps skips it.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { openPhone } from '../../support/browser'
import { call, untilExposed } from '../support/drive'
import { faulty } from '../support/faults'
import { startFront } from '../support/front'
import { NONE, type Counts } from './judge'
import type { Ground } from './scenario'

const INSERT = {
  ours: `insert into app.insumos (id, convocatoria_id, position, title, summary, body)
    select $1, c.id, 9000 + (random() * 1e8)::int, 'Material', 'De qué trata', 'Palabras.' from app.convocatorias c
    where c.published order by c.id limit 1`,
  rxdb: `insert into bench.records (id, rev) values ($1, 1)`,
}

async function writeTwo(
  database: pg.Pool,
  sql: string,
): Promise<{ ids: string[]; commit: () => Promise<void> }> {
  const ids = [randomUUID() as string, randomUUID() as string]
  const slow = await database.connect()
  await slow.query('begin')
  await slow.query(sql, [ids[0]])
  await database.query(sql, [ids[1]])
  return {
    ids,
    commit: async () => {
      await slow.query('commit')
      slow.release()
    },
  }
}

/** Counts the rows that are on the server and never arrived on the phone. */
export async function playLateCommit(ground: Ground, name: 'ours' | 'rxdb'): Promise<Counts> {
  const front = await startFront({
    pages: ground.pages,
    routes: [faulty('/rest/v1/', ground.ask, () => 'ok')],
  })
  const phone = await openPhone({ origin: front.origin, down: () => undefined })
  const visit = async (): Promise<string[]> => {
    const page = await phone.context.newPage()
    await page.goto(`${front.origin}/${name}/`)
    await untilExposed(page)
    await call(page, 'pull')
    const shared = await call<string[]>(page, 'shared')
    await page.close()
    return shared
  }
  try {
    await visit()
    const { ids, commit } = await writeTwo(ground.database, INSERT[name])
    await visit()
    await commit()
    const seen = await visit()
    return { ...NONE, missed: ids.filter((id) => !seen.includes(id)).length }
  } finally {
    await phone.close()
    await front.close()
  }
}
