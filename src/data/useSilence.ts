import { computed } from 'vue'
import { isSilent } from '@/domain/silence'
import { useInstitutionStore } from './institutionStore'
import { useNow } from './useNow'

/** The electoral silence that comes or runs (`dates`), and whether promotion is hidden now. Call it in a setup. */
export function useSilence() {
  const store = useInstitutionStore()
  const now = useNow()
  const dates = computed(() => store.institution?.silence)
  return { dates, isOn: computed(() => isSilent(dates.value, now.value)) }
}
