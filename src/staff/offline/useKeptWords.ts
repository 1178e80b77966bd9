/** «Lista de las 9:40», with the day when it is not today's. */
import { computed } from 'vue'
import { useNow } from '@/data/useNow'
import messages from '@/i18n/es-MX/staff.json'
import { translator } from '@/i18n/translator'
import { formatHour, formatShortDay, isToday } from '@/ui/shortDates'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import { keptSince } from './keptQueue'

const t = translator(messages)

export function useKeptWords() {
  const queue = useReviewQueueStore()
  const now = useNow()
  const listWords = computed(() => {
    const at = queue.kept && keptSince(queue.kept)
    if (!at) return t('kept.list_unfinished')
    const time = formatHour(at)
    return isToday(at, now.value)
      ? t('kept.list', { time })
      : t('kept.list_before', { time, day: formatShortDay(at) })
  })
  return { listWords }
}
