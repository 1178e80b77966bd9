/** Tells the others that this member has a submission open, and who else has it open. It warns and never locks. */
import { onScopeDispose, ref } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'

const EVERY_MS = 20_000

/** The names of the others, read every 20 seconds while the page is visible and online. Empty while unknown. */
export function useOpenReview(id: string) {
  const others = ref<string[]>([])
  let isClosed = false

  async function note(): Promise<void> {
    if (!navigator.onLine || document.visibilityState !== 'visible') return
    const answer = await answerOf(supabase.rpc('note_open_review', { p_id: id })).catch(() => null)
    if (!isClosed) others.value = answer?.others ?? []
  }
  const timer = setInterval(() => void note(), EVERY_MS)
  const onVisible = () => void note()
  document.addEventListener('visibilitychange', onVisible)
  onScopeDispose(() => {
    isClosed = true
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisible)
    if (!navigator.onLine) return
    void answerOf(supabase.rpc('note_open_review', { p_id: id, p_open: false })).catch(() => undefined)
  })
  void note()
  return others
}
