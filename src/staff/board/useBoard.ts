/** The board of a campaign: read every minute with signal, and otherwise as it was last read on this phone. */
import { computed, shallowRef } from 'vue'
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
  const found = getKeptBoard(userId, id).then(
    (board) => (kept.value = board),
    () => null, // a broken disk keeps no board from being read
  )

  async function read(): Promise<void> {
    await run()
    if (state.value !== 'denied' && state.value !== 'missing') return
    await found // which would show it again
    ;[value.value, kept.value] = [null, null]
    await dropKeptBoard(userId, id)
  }
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
