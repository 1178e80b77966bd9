/** A campaign with all that a capture needs, from this phone's copy. */
import { computed } from 'vue'
import { db } from '@/data/db'
import {
  getConvocatoriaById,
  getMunicipalities,
  getNotice,
  listConvocatoriasWhole,
  listNotices,
} from '@/data/publicBase'
import type { LiveQuery } from '@/data/queries'
import { useLive } from '@/data/useLive'
import type { FormMaterial } from '@/campaign/form/campaignForm'
import type { Notice } from '@/domain/rows'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'

export interface CaptureMaterial extends FormMaterial {
  /** The versions of its notice that a sheet may have, the newest first. */
  notices: Notice[]
}

const materialOf = (id: string): LiveQuery<CaptureMaterial | null | undefined> => ({
  tables: [db.base, db.cursors],
  read: async () => {
    const convocatoria = await getConvocatoriaById(id)
    const notice = convocatoria && (await getNotice(convocatoria.notice_id))
    if (convocatoria?.kind !== 'propuestas' || !notice)
      return (await listConvocatoriasWhole()) ? null : undefined
    const municipalities = (await getMunicipalities())?.items ?? []
    const notices = (await listNotices())
      .filter(({ title, version }) => title === notice.title && version <= notice.version)
      .sort((a, b) => b.version - a.version)
    return { convocatoria, notice, notices, municipalities }
  },
})

/** Undefined while campaign or roles arrive; null without a copy, and for a member who may not capture. */
export function useMaterial(id: string) {
  const session = useStaffSessionStore()
  const kept = useLive(materialOf(id), undefined)
  return computed(() => {
    if (session.can('moderator', id) || session.can('coordinator', id)) return kept.value
    return session.me ? null : undefined
  })
}
