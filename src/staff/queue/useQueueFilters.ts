/** The filters of the queue as fields: state with counts, kind and campaign. They live in the address. */
import { computed, onMounted, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { rpcGet } from '@/data/rpc'
import type { ConvocatoriaCard } from '@/domain/rows'
import { STATES } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'
import { translator } from '@/i18n/translator'
import { isModerated, listStaffKinds } from '../kinds'
import { countOf, filterQuery, type QueueFilter, type QueueShow } from './queueFilter'
import { useReviewQueueStore } from './reviewQueueStore'

const t = translator(messages)

/** The campaigns that everybody can see, to choose from. */
function useCampaigns() {
  const campaigns = shallowRef<ConvocatoriaCard[]>([])
  onMounted(async () => {
    const bootstrap = await rpcGet('bootstrap').catch(() => null)
    campaigns.value = bootstrap?.convocatorias ?? []
  })
  return campaigns
}

/** The kinds on whose submissions staff decide. */
const decidedKinds = () =>
  listStaffKinds()
    .filter((island) => island.isModerated)
    .map(({ kind, names }) => ({ value: kind, label: names.many }))

export function useQueueFilters() {
  const router = useRouter()
  const queue = useReviewQueueStore()
  /** The address is replaced, so that filters do not fill the history. */
  const choose = (change: Partial<QueueFilter>) =>
    void router.replace({ name: 'staff-queue', query: filterQuery({ ...queue.filter, ...change }) })

  /** Hides states without submissions, which keeps the list short. The chosen state always shows. */
  const shows = computed(() => {
    const { counts, filter } = queue
    const present = STATES.filter((state) => counts[state] || filter.show === state)
    return (['todo', ...present, 'all'] as const).map((show) => {
      const count = countOf(show, counts)
      return {
        value: show,
        name: t(`queue.show.${show}`),
        count,
        label: `${t(`queue.show.${show}`)} (${count})`,
      }
    })
  })
  const shown = computed({
    get: () => queue.filter.show,
    set: (show: QueueShow | null) => show && choose({ show }),
  })
  const convocatorias = useCampaigns()
  const kinds = decidedKinds()
  const options = computed(() =>
    convocatorias.value
      .filter(({ kind }) => (queue.filter.kind ? kind === queue.filter.kind : isModerated(kind)))
      .map(({ id, title }) => ({ value: id, label: title })),
  )
  const kind = computed({
    get: () => queue.filter.kind,
    set: (next) => choose({ kind: next, convocatoria: null }),
  })
  const chosen = computed({
    get: () => queue.filter.convocatoria,
    set: (convocatoria) => choose({ convocatoria }),
  })
  return { queue, shows, shown, kinds, kind, options, chosen }
}
