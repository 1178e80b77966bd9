/** This member's captures of a campaign: how many wait, and their sending while the page is open. */
import { onScopeDispose, ref } from 'vue'
import { db } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import { isApplyAnswer } from '@/data/schemas'
import { answerOf, supabase } from '@/data/staff/client'
import { useLive } from '@/data/useLive'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { askPersistence } from '@/sync/persistence'
import { type Capture, listCaptures, listSent, listSlips, type Slip } from './keptCaptures'
import { type Post, sendCaptures } from './sendCaptures'

interface Kept {
  captures: Capture[]
  sent: number
  slips: Slip[]
}

const EVERY_MS = 60_000
const NOTHING: Kept = { captures: [], sent: 0, slips: [] }

const keptOf = (userId: string, campaign: string): LiveQuery<Kept> => ({
  tables: [db.meta],
  read: async () => ({
    captures: (await listCaptures(userId)).filter((one) => one.convocatoria_id === campaign),
    sent: (await listSent(userId, campaign)).length,
    slips: await listSlips(userId, campaign),
  }),
})

const post: Post = (ops) => answerOf(supabase.rpc('apply_ops', { ops }), isApplyAnswer)

/** Sends at once, when the signal returns and every minute. Call it in a setup. */
export function useCaptures(campaign: string) {
  const { userId } = useStaffSessionStore()
  const kept = useLive(keptOf(userId, campaign), NOTHING)
  const isSending = ref(false)
  /** Why the last try left something; null when it left nothing. */
  const code = ref<string | null>(null)
  let isAskedAgain = false

  /** A call during another makes that one look again. */
  async function send(): Promise<void> {
    if (isSending.value) return void (isAskedAgain = true)
    isSending.value = true
    try {
      do {
        isAskedAgain = false
        code.value = (await sendCaptures(userId, post)).code
      } while (isAskedAgain)
    } finally {
      isSending.value = false
    }
  }
  const sendQuietly = () => void send().catch(() => undefined) // what is not sent stays, and is counted
  const timer = setInterval(sendQuietly, EVERY_MS)
  addEventListener('online', sendQuietly)
  onScopeDispose(() => {
    clearInterval(timer)
    removeEventListener('online', sendQuietly)
  })
  sendQuietly()
  void askPersistence()
  return { userId, kept, isSending, code, send, sendQuietly }
}

export type Captures = ReturnType<typeof useCaptures>
