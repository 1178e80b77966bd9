import { computed } from 'vue'
import { refusalText } from '@/i18n/refusals'
import { useAttempt } from './useAttempt'

/** Words of a screen's own, by code. `offline` serves too when the server does not answer in time. */
export type OwnWords = { offline: string } & Partial<Record<string, string>>

/** As `useAttempt`, for what the server must decide at once. `trouble`: why the last attempt failed, in words; empty when it did not. */
export function useWordedAttempt(own: OwnWords) {
  const { busy, problem, attempt } = useAttempt()
  const trouble = computed(() => {
    const code = problem.value === 'timeout' ? 'offline' : problem.value
    return code === null ? '' : (own[code] ?? refusalText(code))
  })
  return { busy, trouble, attempt }
}
