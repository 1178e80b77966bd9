/** Reads a convocatoria and all that its screens need from this phone's copy, or tells why it is absent. */
import { computed, ref, shallowRef, watch } from 'vue'
import { readFirst } from '@/data/firstRead'
import { isFirstVisit } from '@/data/firstScreen'
import { useKept } from '@/data/useKept'
import type { LoadState } from '@/domain/loadable'
import { useSyncStore } from '@/sync/syncStore'
import { campaignAmong, type Campaign } from './campaign'

/** The campaign as the server answered, without a copy on the phone. */
function useFirstRead(slug: string) {
  const first = shallowRef<Campaign | null>(null)
  async function read(): Promise<void> {
    const rows = await readFirst()
    if (rows) first.value = campaignAmong(rows, slug)
  }
  if (isFirstVisit()) void read()
  return { first, read }
}

const keptQuery = async (slug: string) => (await import('./keptCampaign')).campaignBySlug(slug)

/**
 * The campaign as a live query, and its load state. Without a copy it asks the server once; `retry` asks again. A first
 * visit shows the server's answer until the phone has a copy, and so does a phone whose full disk keeps none.
 */
export function useCampaign(slug: string) {
  const kept = useKept(() => keptQuery(slug), undefined)
  const { first, read } = useFirstRead(slug)
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
    const copy = await keptQuery(slug).then((query) => query.read())
    if (copy === null) await read() // the disk may be full
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
