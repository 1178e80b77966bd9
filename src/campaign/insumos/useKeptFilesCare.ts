/** Gives back the space of kept files that no public campaign names any more. For pages of public campaigns only. */
import { onMounted, watch } from 'vue'
import { useKept } from '@/data/useKept'
import { useSyncStore } from '@/sync/syncStore'
import { useKeptFilesStore } from './keptFilesStore'

export function useKeptFilesCare(): void {
  const store = useKeptFilesStore()
  const sync = useSyncStore()
  const insumos = useKept(async () => (await import('@/data/queries')).insumosWhole, null)
  onMounted(() => store.read())
  // While a pull is under way a copied campaign may not be here yet.
  watch(
    () => !sync.syncing && store.kept.size > 0 && insumos.value,
    (all) => all && void store.forgetGone(all),
  )
}
