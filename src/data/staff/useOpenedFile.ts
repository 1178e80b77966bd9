/** The address of a file that only staff open. The server signs it for a few minutes, whoever holds it. */
import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import type { StaffBucket } from '@/domain/edgeFunctions'
import { SUPABASE_URL } from '../config'
import { answerOf, supabase } from './client'

/** An address is taken for old so long before it ends, in seconds: a request takes a while. */
const MARGIN_S = 10

/** Faults as `rpc`. `seconds` is how long the address opens the file. */
export async function openFile(bucket: StaffBucket, name: string): Promise<{ url: string; seconds: number }> {
  const { path, seconds } = await answerOf(supabase.functions.invoke('open-file', { body: { bucket, name } }))
  return { url: SUPABASE_URL + path, seconds }
}

/** The address of the file that was opened last, and whether it still opens it. `open` has the faults of `openFile`. */
export function useOpenedFile(bucket: StaffBucket) {
  const url = shallowRef<string | null>(null)
  const isFresh = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  async function open(name: string): Promise<void> {
    const opened = await openFile(bucket, name)
    url.value = opened.url
    isFresh.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (isFresh.value = false), (opened.seconds - MARGIN_S) * 1000)
  }
  return { url: readonly(url), isFresh: readonly(isFresh), open }
}
