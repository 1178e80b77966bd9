/** What the link of a guardian's letter opens, and her answer. The secret stands behind the # and leaves the address bar at once. */
import { computed, onMounted, ref, shallowRef } from 'vue'
import { onBeforeRouteUpdate, useRoute, useRouter } from 'vue-router'
import { useAttempt } from '@/campaign/useAttempt'
import { rpc } from '@/data/rpc'
import type { GuardianPage } from '@/domain/minor'
import { refusalText } from '@/i18n/refusals'
import { t } from './words'

export type GuardianAnswer = 'authorise' | 'refuse' | 'withdraw'

const isPage = (body: unknown): body is GuardianPage =>
  typeof (body as { state?: unknown } | null)?.state === 'string'

const OWN = ['guardian_link_unknown', 'guardian_answered'] as const

export function useGuardian() {
  const route = useRoute()
  const router = useRouter()
  const token = ref('')
  const page = shallowRef<GuardianPage | null>(null)
  const { busy, problem, attempt } = useAttempt()

  const words = computed(() => {
    const own = OWN.find((code) => code === problem.value)
    if (own) return t(`problem.${own}`)
    if (problem.value === null) return null
    return problem.value === 'offline' ? t('offline') : refusalText(problem.value)
  })
  const open = () =>
    attempt(async () => {
      page.value = await rpc('guardian_request', { p_token: token.value }, { accepts: isPage })
    })
  /** `name`: whether the first name or pseudonym may be shown. */
  const answer = (p_answer: GuardianAnswer, name = false) =>
    attempt(async () => {
      const args = { p_token: token.value, p_answer, p_name: name }
      page.value = await rpc('guardian_answer', args, { accepts: isPage })
    })

  function take(hash: string): void {
    token.value = hash.replace('#', '')
    page.value = null
    if (token.value) void open()
  }
  onMounted(() => {
    take(route.hash)
    void router.replace({ path: route.path, hash: '' })
  })
  /** A second link opened in the same tab changes only the fragment. */
  onBeforeRouteUpdate((to) => {
    if (to.hash === '') return true
    take(to.hash)
    return { path: to.path, hash: '', replace: true }
  })
  return { token, page, busy, problem, words, open, answer }
}
