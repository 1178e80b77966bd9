/**
 * What a person changes of their registration by a direct call: the server decides at once, so it needs a signal. Each such
 * call may be repeated, because an answer can be lost after the change.
 */
import { type OwnWords, useWordedAttempt } from '@/campaign/useWordedAttempt'
import { getItem } from '@/data/items'
import { syncMine } from '@/sync/start'

/** Of one registration of this phone. Call it in a setup. */
export function useFolioCall(submission: () => string, own: OwnWords) {
  const { busy, trouble, attempt } = useWordedAttempt(own)

  /** Resolves to whether the call succeeded. This phone then reads the row as it is now. */
  async function call(work: (secret: string) => Promise<unknown>): Promise<boolean> {
    const isDone = await attempt(async () => work((await getItem(submission()))?.secret ?? ''))
    if (isDone) void syncMine()
    return isDone
  }
  return { busy, trouble, call }
}
