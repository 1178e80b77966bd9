/** The parts of the desk that this member's roles open, and how much waits in each. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { countOf } from '../queue/queueFilter'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import { useDeskAlertsStore } from './deskAlertsStore'
import { barOf, listParts, type Part } from './parts'
import { useStaffSessionStore } from './staffSessionStore'

const SECONDS = 'staff-second-reviews'

export function useParts() {
  const router = useRouter()
  const route = useRoute()
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()
  const alerts = useDeskAlertsStore()
  const all = listParts()

  const open = computed(() =>
    all.filter(({ name, roles }) => router.hasRoute(name) && roles.some((role) => session.can(role))),
  )
  /** The second reviews are a part while one waits for this member, and while their page is open. */
  const parts = computed(() =>
    open.value.filter(({ name }) => name !== SECONDS || countIn(SECONDS) > 0 || route.name === SECONDS),
  )
  /** What waits for a decision; of the queue while it is not narrowed to some campaign or kind. */
  function countIn(name: string): number {
    if (name === SECONDS) return alerts.secondReviews.count
    const { kind, convocatoria } = queue.filter
    return name === 'staff-queue' && !kind && !convocatoria ? countOf('todo', queue.counts) : 0
  }
  const bar = computed(() => barOf(parts.value, (role) => session.can(role)))
  const rest = computed(() => parts.value.filter((part) => !bar.value.includes(part)))
  const countOfAll = (list: readonly Part[]) => list.reduce((sum, { name }) => sum + countIn(name), 0)
  return {
    parts,
    bar,
    /** What stands behind «Más». */
    rest,
    /** A member of one part has no menu. */
    hasMenu: computed(() => open.value.filter(({ name }) => name !== SECONDS).length > 1),
    countIn,
    countInRest: computed(() => countOfAll(rest.value)),
  }
}
