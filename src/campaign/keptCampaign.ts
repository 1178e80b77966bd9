/** A campaign with all that its screens need, from this phone's copy. It loads the database. */
import { db } from '@/data/db'
import { getConvocatoria, getInsumos, getMunicipalities, getNotice } from '@/data/publicBase'
import type { LiveQuery } from '@/data/queries'
import type { Campaign } from './campaign'

/** Null when this phone has no copy of it. */
async function readCampaign(slug: string): Promise<Campaign | null> {
  const convocatoria = await getConvocatoria(slug)
  if (!convocatoria) return null
  const [insumos, notice, municipalities] = await Promise.all([
    getInsumos(convocatoria.id),
    getNotice(convocatoria.notice_id),
    getMunicipalities(),
  ])
  return { convocatoria, insumos: insumos ?? [], notice, municipalities }
}

/** The campaign with this slug; null without a copy, `damaged` when a row of the copy cannot be read. */
export const campaignBySlug = (slug: string): LiveQuery<Campaign | 'damaged' | null> => ({
  tables: [db.base],
  read: () => readCampaign(slug).catch(() => 'damaged' as const),
})
