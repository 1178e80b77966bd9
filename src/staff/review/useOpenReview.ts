/** Tells the others that this member has a submission open, and who else has it open. It warns and never locks. */
import { onScopeDispose, ref } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useWide } from '@/ui/useWide'
import { presencePeriod, startPresence } from './presence'

/** The names of the others, read whenever this page tells that it is open. Empty while unknown. */
export function useOpenReview(id: string) {
  const others = ref<string[]>([])
  const wide = useWide()
  let isOpen = false

  async function tell(open: boolean): Promise<void> {
    isOpen = open
    const answer = await answerOf(supabase.rpc('note_open_review', { p_id: id, p_open: open })).catch(
      () => null,
    )
    if (isOpen) others.value = answer?.others ?? []
  }
  const stop = startPresence(presencePeriod(!wide.value), (open) => void tell(open))
  onScopeDispose(stop)
  return others
}
