/** The ids, folios and links of the demonstration that the addresses of pages name. */
import type pg from 'pg'
import { idOf, secretOf } from '../../../supabase/local/demo/phone'
import { lettersTo } from '../inbox'
import { ID } from './ids'

/** What the demonstration names anew each time. */
const VALUES = {
  propuesta: `select folio from app.submissions where convocatoria_id = '${ID.answered}' and state = 'published' order by folio limit 1`,
  video: `select folio from app.submissions where convocatoria_id = '${ID.videos}' and state = 'published' order by folio limit 1`,
  insumo: `select id from app.insumos where convocatoria_id = '${ID.consulta}' order by position limit 1`,
  notice: `select notice_id from app.convocatorias where id = '${ID.consulta}'`,
  body: 'select body_id from app.body_liaisons limit 1',
  registration: `select id from app.submissions where convocatoria_id = '${ID.jornadas}' order by folio limit 1`,
} as const

export interface World {
  value(name: keyof typeof VALUES): string
  /** The address of an author's private link, by the key of its sample. */
  linkOf(key: string): string
  /** The address in a letter to this person. */
  letterTo(email: string, pattern: RegExp): string
}

const PEOPLE = ['rosa.muestra@demo.example', 'p17@demo.example']

export async function readWorld(database: pg.Pool, origin: string): Promise<World> {
  const values = new Map<string, string>()
  for (const [name, query] of Object.entries(VALUES)) {
    const { rows } = await database.query<Record<string, string>>(query)
    if (!rows[0]) throw new Error(`the demonstration has no ${name}`)
    values.set(name, Object.values(rows[0])[0]!)
  }
  const { rows } = await database.query<{ id: string; folio: string }>(
    'select id, folio from app.submissions',
  )
  const folios = new Map(rows.map(({ id, folio }) => [id, folio]))
  const letters = new Map<string, string>()
  for (const email of PEOPLE)
    letters.set(email, (await lettersTo(origin, email)).map(({ body }) => body).join('\n'))
  return {
    value: (name) => values.get(name)!,
    linkOf: (key) => `/folio#${folios.get(idOf(key))}.${secretOf(key)}`,
    letterTo: (email, pattern) => pattern.exec(letters.get(email) ?? '')?.[1] ?? '/no-letter',
  }
}
