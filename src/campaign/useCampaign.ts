/** A convocatoria with all that its screens read, out of this phone's copy, and why it is not there. */
import { computed, ref, watch } from 'vue'
import { db } from '@/data/db'
import { getConvocatoria, getInsumos, getMunicipalities, getNotice } from '@/data/publicBase'
import { useLive } from '@/data/useLive'
import type { LoadState } from '@/domain/loadable'
import type { Convocatoria, Insumo, Municipalities, Notice } from '@/domain/rows'
import { rebuildBase } from '@/sync/rebuild'
import { syncNow } from '@/sync/start'
import { useSyncStore } from '@/sync/syncStore'

export interface Campaign {
  convocatoria: Convocatoria
  insumos: Insumo[]
  notice: Notice | undefined
  municipalities: Municipalities | undefined
}

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

/** Follows the phone's copy; asks the server once when there is none. `retry` asks again. */
export function useCampaign(slug: string) {
  /** A row of the copy that the browser cannot hand out: only reading everything anew mends it. */
  const isDamaged = ref(false)
  const read = async () => {
    const found = await readCampaign(slug).catch(() => undefined)
    isDamaged.value = found === undefined
    return found ?? null
  }
  const campaign = useLive({ tables: [db.base], read }, undefined)
  const sync = useSyncStore()
  const asked = ref(false)

  async function retry(): Promise<void> {
    asked.value = false
    await (isDamaged.value ? rebuildBase() : syncNow()).catch(() => undefined) // what failed is told by `state`
    asked.value = true
  }

  watch(campaign, (found) => {
    if (found === null && !asked.value) void retry()
  })

  const state = computed<LoadState>(() => {
    if (campaign.value) return 'ready'
    if (campaign.value === undefined) return 'waiting'
    if (!sync.online) return 'offline'
    if (!asked.value || sync.syncing) return 'waiting'
    return sync.lastSyncedAt && !isDamaged.value ? 'missing' : 'failed'
  })
  return { campaign, state, retry }
}
