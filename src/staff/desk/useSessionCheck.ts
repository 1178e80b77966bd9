/** Leads a member whose session no longer opens staff functions to what it lacks. */
import { onScopeDispose, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import { useStaffSessionStore } from './staffSessionStore'

/** A desk in use says so this often: a session without use ends after the institution's limit, an hour at least. */
const EVERY_MS = 10 * 60_000

export function useSessionCheck(): void {
  const session = useStaffSessionStore()
  const route = useRoute()
  const router = useRouter()

  async function lead(): Promise<void> {
    try {
      const { readMySession } = await import('@/data/staff/account')
      const { step } = await readMySession()
      if (step !== 'ready')
        await router.replace({ name: 'staff-second-step', query: { volver: route.fullPath } })
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'auth') return
      const { signOut } = await import('@/data/staff/auth')
      await signOut() // DeskView says that the session ended
    }
  }
  watch(
    () => session.meState,
    (state) => state === 'expired' && void lead(),
  )
  const timer = setInterval(() => {
    if (navigator.onLine && document.visibilityState === 'visible') void session.readMe()
  }, EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
}
