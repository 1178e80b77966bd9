/** Reads a convocatoria and all that its screens need from this phone's copy, or tells why it is absent. */
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

/** The campaign, or null when this phone has no copy of it. */
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

/** The campaign as a live query, and its load state. Without a copy it asks the server once; `retry` asks again. */
export function useCampaign(slug: string) {
  /** Whether a row of the copy cannot be read. Only a rebuild of the whole copy repairs that. */
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
    await (isDamaged.value ? rebuildBase() : syncNow()).catch(() => undefined) // `state` tells the failure
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
