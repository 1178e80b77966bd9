/** A convocatoria with all that its screens need. */
import type { Change } from '@/domain/pull'
import type { Convocatoria, Insumo, Municipalities, Notice } from '@/domain/rows'

export interface Campaign {
  convocatoria: Convocatoria
  insumos: Insumo[]
  notice: Notice | undefined
  municipalities: Municipalities | undefined
}

/** The campaign with this slug among the public rows of a pull; null when they have none. */
export function campaignAmong(changes: readonly Change[], slug: string): Campaign | null {
  const rows = <T>(entity: string, id?: string): T[] =>
    changes.flatMap((one) =>
      one.op === 'put' && one.entity === entity && (!id || one.id === id) ? [one.row as T] : [],
    )
  const convocatoria = rows<Convocatoria>('convocatoria').find((row) => row.slug === slug)
  if (!convocatoria) return null
  const { id, notice_id } = convocatoria
  return {
    convocatoria,
    insumos: rows<Insumo>('insumo')
      .filter((row) => row.convocatoria_id === id)
      .sort((a, b) => a.position - b.position),
    notice: rows<Notice>('notice', notice_id)[0],
    municipalities: rows<Municipalities>('catalog', 'municipalities')[0],
  }
}
