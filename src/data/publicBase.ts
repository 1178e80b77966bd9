/** Public rows on this phone, as last pulled: campaigns, inputs (insumos), notices and municipalities. */
import type { Convocatoria, Insumo, Municipalities, Notice } from '@/domain/rows'
import { db } from './db'

const one = async <T>(entity: string, id: string): Promise<T | undefined> =>
  (await db.base.get(['public', entity, id]))?.row as T | undefined

const all = async <T>(entity: string): Promise<T[]> => {
  const rows = await db.base.where({ scope: 'public', entity }).toArray()
  return rows.map(({ row }) => row as T)
}

/** Every campaign. */
export const listConvocatorias = (): Promise<Convocatoria[]> => all<Convocatoria>('convocatoria')

/** The campaign with this slug; undefined until it was pulled. */
export const getConvocatoria = async (slug: string): Promise<Convocatoria | undefined> =>
  (await listConvocatorias()).find((row) => row.slug === slug)

/** The campaign with this id; undefined until it was pulled. */
export const getConvocatoriaById = (id: string): Promise<Convocatoria | undefined> =>
  one<Convocatoria>('convocatoria', id)

/** The inputs of every campaign. */
export const listInsumos = (): Promise<Insumo[]> => all<Insumo>('insumo')

/** What `read` finds; null while a first read has not brought all of it. */
const whole = <T>(read: () => Promise<T>): Promise<T | null> =>
  db.transaction('r', db.base, db.cursors, async () => {
    const cursor = (await db.cursors.get('public'))?.cursor
    return !cursor || cursor.includes('@') ? null : await read()
  })

/** The inputs of every campaign; null while a first read has not brought all of them. */
export const listInsumosWhole = () => whole(listInsumos)

/** The campaigns; null while a first read has not brought all of them. */
export const listConvocatoriasWhole = () => whole(listConvocatorias)

/** A campaign's inputs, by position. */
export const getInsumos = async (convocatoriaId: string): Promise<Insumo[]> =>
  (await listInsumos())
    .filter((row) => row.convocatoria_id === convocatoriaId)
    .sort((a, b) => a.position - b.position)

/** The privacy notice with this id; undefined until it was pulled. */
export const getNotice = (id: string): Promise<Notice | undefined> => one<Notice>('notice', id)

/** All privacy notices, the newest first. */
export const listNotices = async (): Promise<Notice[]> =>
  (await all<Notice>('notice')).sort((a, b) => b.published_on.localeCompare(a.published_on))

/** The state's municipalities; undefined until they were pulled. */
export const getMunicipalities = (): Promise<Municipalities | undefined> =>
  one<Municipalities>('catalog', 'municipalities')
