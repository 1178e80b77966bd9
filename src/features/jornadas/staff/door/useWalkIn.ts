/** Registering somebody at the door: the campaign and notice as this phone has them, and what is typed. */
import { computed, reactive, ref, watch } from 'vue'
import { noticesOf } from '@/data/queries'
import { serverNow } from '@/data/serverClock'
import { campaigns as campaignsQuery } from '@/data/staff/queries'
import { useLive } from '@/data/useLive'
import type { Notice } from '@/domain/rows'
import { faultText } from '@/i18n/refusals'
import { attemptsOf } from '@/staff/attempt'
import { detailsOf } from '@/features/jornadas/days'
import type { WalkIn } from './doorOps'
import type { Door } from './useDoor'
import { answersOf, consentsAtDoor, nothingTyped, problemsOf, typedOf } from './walkIn'

/** The campaign of a day and its notice; null while this phone lacks them, which `isArriving` says may end by itself. */
function useCampaign(jornadaId: string) {
  const all = useLive(campaignsQuery, null)
  const notice = ref<Notice | null>(null)
  const campaign = computed(
    () => all.value?.find((one) => detailsOf(one).jornadas.some(({ id }) => id === jornadaId)) ?? null,
  )
  const day = computed(
    () => campaign.value && detailsOf(campaign.value).jornadas.find(({ id }) => id === jornadaId),
  )
  watch(
    campaign,
    async (now) => {
      const found = now ? await noticesOf([now.id]).read() : []
      notice.value = found.find(({ id }) => id === now?.notice_id) ?? null
    },
    { immediate: true },
  )
  const isArriving = computed(() => all.value === null && navigator.onLine)
  return { campaign, day, notice, isArriving }
}

/** `refused`: the walk-in of this phone that the server refused, which is typed anew. `done` runs once it is saved. */
export function useWalkIn(door: Door, refusedId: string | null, done: () => void) {
  const { campaign, day, notice, isArriving } = useCampaign(door.jornadaId)
  const refused = computed(() => door.stuck.value.find(({ entity_id }) => entity_id === refusedId))
  const typed = reactive(refused.value ? typedOf(refused.value.payload as WalkIn) : nothingTyped())
  const isTried = ref(false)
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, faultText)
  const problems = computed(() =>
    campaign.value && notice.value && day.value
      ? problemsOf(typed, campaign.value, notice.value, day.value.group_id)
      : {},
  )
  const errors = computed(() => (isTried.value ? problems.value : {}))
  const consents = computed(() => (notice.value ? consentsAtDoor(notice.value) : []))
  const save = () =>
    attempt(async () => {
      isTried.value = true
      if (!notice.value || Object.keys(problems.value).length > 0) return
      await door.walkIn(answersOf(typed, notice.value, serverNow()), refused.value)
      done()
    })
  return { campaign, notice, isArriving, typed, errors, consents, isBusy, problem, save }
}
