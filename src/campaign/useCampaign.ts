/** Reads a convocatoria and all that its screens need from this phone's copy, or tells why it is absent. */
import { computed, ref, shallowRef, watch } from 'vue'
import { readFirst } from '@/data/firstRead'
import { isFirstVisit } from '@/data/firstScreen'
import { useKept } from '@/data/useKept'
import type { LoadState } from '@/domain/loadable'
import { useSyncStore } from '@/sync/syncStore'
import { campaignAmong, type Campaign } from './campaign'

/** The campaign of a first visit, before the phone has a copy. */
function useFirstRead(slug: string) {
  const first = shallowRef<Campaign | null>(null)
  if (isFirstVisit()) void readFirst().then((rows) => (first.value = rows && campaignAmong(rows, slug)))
  return first
}

/**
 * The campaign as a live query, and its load state. Without a copy it asks the server once; `retry` asks again. A first
 * visit shows the server's answer until the phone has a copy.
 */
export function useCampaign(slug: string) {
  const kept = useKept(async () => (await import('./keptCampaign')).campaignBySlug(slug), undefined)
  const first = useFirstRead(slug)
  const sync = useSyncStore()
  const asked = ref(false)
  /** Only a rebuild of the whole copy repairs a row that cannot be read. */
  const isDamaged = computed(() => kept.value === 'damaged')
  const campaign = computed(
    () => (isDamaged.value ? null : (kept.value as Campaign | null | undefined)) ?? first.value,
  )

  async function ask(): Promise<void> {
    if (isDamaged.value) await (await import('@/sync/rebuild')).rebuildBase()
    else await (await import('@/sync/start')).syncNow()
  }
  async function retry(): Promise<void> {
    asked.value = false
    await ask().catch(() => undefined) // `state` tells the failure
    asked.value = true
  }

  // the answer of a first visit needs no asking: the phone's first cycle keeps it
  watch(kept, (found) => {
    if (((found === null && !first.value) || found === 'damaged') && !asked.value) void retry()
  })

  const state = computed<LoadState>(() => {
    if (campaign.value) return 'ready'
    if (kept.value === undefined) return 'waiting'
    if (!sync.online) return 'offline'
    if (!asked.value || sync.syncing) return 'waiting'
    return sync.lastSyncedAt && !isDamaged.value ? 'missing' : 'failed'
  })
  return { campaign, state, retry }
}
