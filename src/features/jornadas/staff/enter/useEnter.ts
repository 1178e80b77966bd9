/** Registering somebody who asked staff for it: what is typed, and this member's op until the server has taken it. */
import { computed, reactive, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { phaseNow } from '@/data/campaignPhase'
import { noticesOf } from '@/data/queries'
import { certainNow, serverNow } from '@/data/serverClock'
import { campaigns as campaignsQuery } from '@/data/staff/queries'
import { useLive } from '@/data/useLive'
import type { Convocatoria, Notice } from '@/domain/rows'
import { faultText, refusalText } from '@/i18n/refusals'
import { attemptsOf } from '@/staff/attempt'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import {
  consentsAsked,
  type EnteredRegistration,
  nothingTyped,
  payloadOf,
  problemsOf,
  typedOf,
} from './entered'
import { t } from './words'

const KIND = 'registration.enter'

/** The campaigns in which this member may register somebody now, and their notices. */
function useCampaigns() {
  const session = useStaffSessionStore()
  const all = useLive(campaignsQuery, null)
  const notices = ref<Notice[]>([])
  const open = computed(() =>
    (all.value ?? []).filter(
      (one) =>
        one.kind === 'jornadas' &&
        ['open', 'unsure'].includes(phaseNow(one, serverNow())) &&
        (session.can('coordinator', one.id) || session.can('admin', one.id)),
    ),
  )
  watch(
    () => open.value.map(({ id }) => id).join(),
    async () => (notices.value = await noticesOf(open.value.map(({ id }) => id)).read()),
    { immediate: true },
  )
  const noticeOf = (campaign: Convocatoria | null) =>
    notices.value.find(({ id }) => id === campaign?.notice_id) ?? null
  const isArriving = computed(() => all.value === null && navigator.onLine)
  return { open, noticeOf, isArriving }
}

/** This member's op for the registration `id`, while the server has not accepted it. */
function useOwnEntry(id: string) {
  const session = useStaffSessionStore()
  const discarded = new Set<string>()
  const own = computed(() =>
    session.ops.find(
      ({ kind, entity_id, actor }) => kind === KIND && entity_id === id && actor === session.userId,
    ),
  )
  const refusal = computed(() => {
    if (own.value?.state !== 'needs_person') return null
    const code = own.value.code ?? 'server'
    return code === 'already_registered' ? t('already') : refusalText(code)
  })
  async function discard(): Promise<void> {
    if (!own.value) return
    discarded.add(own.value.op_id)
    await discardOp(own.value.op_id)
  }
  const save = (payload: EnteredRegistration) =>
    enqueue({ kind: KIND, entity_id: id, payload, actor: session.userId })
  /** Calls `taken` once the server has the registration, and `refused` with what it refused. */
  function onVerdict(taken: () => void, refused: (payload: EnteredRegistration) => void) {
    watch(
      own,
      (now, before) => {
        if (now?.state === 'needs_person' && (before?.op_id !== now.op_id || before.state !== now.state))
          refused(now.payload as EnteredRegistration)
        if (before && !now && !discarded.has(before.op_id)) taken()
      },
      { immediate: true },
    )
  }
  return { own, refusal, discard, save, onVerdict }
}

export function useEnter(id: string) {
  const router = useRouter()
  const all = useCampaigns()
  const { open, noticeOf } = all
  const { own, refusal, discard, save, onVerdict } = useOwnEntry(id)
  const typed = reactive(nothingTyped())
  const isTried = ref(false)
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, faultText)

  const campaign = computed(
    () => open.value.find((one) => one.id === typed.campaign) ?? open.value[0] ?? null,
  )
  const notice = computed(() => noticeOf(campaign.value))
  const problems = computed(() =>
    campaign.value && notice.value ? problemsOf(typed, campaign.value, notice.value, certainNow()) : {},
  )
  const errors = computed(() => (isTried.value ? problems.value : {}))
  const consents = computed(() => (notice.value ? consentsAsked(typed, notice.value) : []))

  onVerdict(
    () => void router.replace({ name: 'staff-registrations', query: { persona: id } }),
    (payload) => Object.assign(typed, typedOf(payload)),
  )
  /** Saves the registration, in the place of one that the server refused. */
  const send = () =>
    attempt(async () => {
      isTried.value = true
      if (!campaign.value || !notice.value || Object.keys(problems.value).length > 0) return
      const payload = payloadOf(typed, campaign.value, notice.value, serverNow())
      await discard()
      await save(payload)
    })
  const giveUp = () =>
    attempt(async () => {
      await discard()
      await router.replace({ name: 'staff-registrations' })
    })
  return { ...all, campaign, notice, typed, errors, consents, own, refusal, isBusy, problem, send, giveUp }
}
