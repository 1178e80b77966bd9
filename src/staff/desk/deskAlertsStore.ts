/** What the desk should look at now, as the server said when it was last asked. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import type { DeskAlert } from '@/domain/staffRows'

export const useDeskAlertsStore = defineStore('deskAlerts', () => {
  const { value, run } = useLoad(() => answerOf(supabase.rpc('desk_alerts')))
  const items = computed<readonly DeskAlert[]>(() => value.value?.items ?? [])
  /** What this member may answer: how many, how many of them soon, and the day of the first. */
  const secondReviews = computed(() => {
    const found = items.value.filter(({ kind }) => kind === 'second_review')
    return {
      count: found.reduce((sum, { count }) => sum + count, 0),
      soon: found.reduce((sum, { soon = 0 }) => sum + soon, 0),
      by: found.flatMap(({ by = [] }) => by).toSorted()[0] ?? '',
    }
  })
  return { items, secondReviews, read: run, forget: () => void (value.value = null) }
})
