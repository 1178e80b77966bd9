/** Sends this member's captures of every campaign, while the desk is open. */
import { defineStore } from 'pinia'
import { onScopeDispose, ref } from 'vue'
import { isApplyAnswer } from '@/data/schemas'
import { answerOf, supabase } from '@/data/staff/client'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { type Post, sendCaptures } from './sendCaptures'

const EVERY_MS = 60_000

const post: Post = (ops) => answerOf(supabase.rpc('apply_ops', { ops }), isApplyAnswer)

export const useCaptureSender = defineStore('capture-sender', () => {
  const session = useStaffSessionStore()
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
        code.value = (await sendCaptures(session.userId, post)).code
      } while (isAskedAgain)
    } finally {
      isSending.value = false
    }
  }
  /** What is not sent stays, and is counted. */
  const sendQuietly = () => void send().catch(() => undefined)

  /** Sends at once, when the signal returns and every minute, until the scope ends. Call it in a setup. */
  function follow(): void {
    const timer = setInterval(sendQuietly, EVERY_MS)
    addEventListener('online', sendQuietly)
    onScopeDispose(() => {
      clearInterval(timer)
      removeEventListener('online', sendQuietly)
    })
    sendQuietly()
  }
  return { isSending, code, sendQuietly, follow }
})
