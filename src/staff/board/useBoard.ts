/** The board of a campaign: read every minute with signal, and otherwise as it was last read on this phone. */
import { computed, onMounted, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { dropKeptBoard, getKeptBoard, keepBoard } from '@/data/staff/keptBoards'
import { useLoad } from '@/data/useLoad'
import type { CampaignBoard } from '@/domain/board'
import { useRefresh } from '../desk/useRefresh'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { keepStaffFiles } from '../offline/keepFiles'

export function useBoard(id: string) {
  const { userId } = useStaffSessionStore()
  const kept = shallowRef<CampaignBoard | null>(null)

  const { value, state, run } = useLoad(async () => {
    const board = await answerOf(supabase.rpc('campaign_board', { p_id: id }))
    keepBoard(userId, board).catch(() => undefined) // a full disk takes no board from the screen
    void keepStaffFiles()
    return board
  })
  const isRefused = computed(() => state.value === 'denied' || state.value === 'missing')

  async function read(): Promise<void> {
    await run()
    if (!isRefused.value) return
    ;[value.value, kept.value] = [null, null]
    await dropKeptBoard(userId, id)
  }
  onMounted(async () => (kept.value = await getKeptBoard(userId, id)))
  useRefresh(() => void read())

  return {
    /** The newest answer known here; null without any. */
    board: computed(() => value.value ?? kept.value),
    /** Whether it comes from an earlier visit. */
    isKept: computed(() => !value.value && !!kept.value),
    state,
    read,
  }
}
