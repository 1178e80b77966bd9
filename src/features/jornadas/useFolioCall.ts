/**
 * What a person changes of their registration by a direct call: the server decides at once, so it needs a signal. Each such
 * call may be repeated, because an answer can be lost after the change.
 */
import { computed } from 'vue'
import { useAttempt } from '@/campaign/useAttempt'
import { getItem } from '@/data/items'
import { refusalText } from '@/i18n/refusals'
import { syncMine } from '@/sync/start'

/** Words of a screen's own, by code. `offline` serves too when the server does not answer in time. */
type OwnWords = { offline: string } & Partial<Record<string, string>>

/** Of one registration of this phone. Call it in a setup. */
export function useFolioCall(submission: () => string, own: OwnWords) {
  const { busy, problem, attempt } = useAttempt()
  /** Why the last call failed, in words; empty when it did not. */
  const trouble = computed(() => {
    const code = problem.value === 'timeout' ? 'offline' : problem.value
    return code === null ? '' : (own[code] ?? refusalText(code))
  })

  /** Resolves to whether the call succeeded. This phone then reads the row as it is now. */
  async function call(work: (secret: string) => Promise<unknown>): Promise<boolean> {
    const isDone = await attempt(async () => work((await getItem(submission()))?.secret ?? ''))
    if (isDone) void syncMine()
    return isDone
  }
  return { busy, trouble, call }
}
