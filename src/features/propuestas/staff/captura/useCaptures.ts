/** This member's captures of a campaign: how many wait, and how their sending goes. */
import { storeToRefs } from 'pinia'
import { db } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import { useLive } from '@/data/useLive'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { askPersistence } from '@/sync/persistence'
import { useCaptureSender } from './captureSender'
import { type Capture, listCaptures, listSent, listSlips, type Slip } from './keptCaptures'

interface Kept {
  captures: Capture[]
  sent: number
  slips: Slip[]
}

const NOTHING: Kept = { captures: [], sent: 0, slips: [] }

const keptOf = (userId: string, campaign: string): LiveQuery<Kept> => ({
  tables: [db.meta],
  read: async () => ({
    captures: (await listCaptures(userId)).filter((one) => one.convocatoria_id === campaign),
    sent: (await listSent(userId, campaign)).length,
    slips: await listSlips(userId, campaign),
  }),
})

/** The desk sends them (`captureSender.ts`); a page that opens asks it to look at once. Call it in a setup. */
export function useCaptures(campaign: string) {
  const { userId } = useStaffSessionStore()
  const kept = useLive(keptOf(userId, campaign), NOTHING)
  const sender = useCaptureSender()
  const { isSending, code } = storeToRefs(sender)
  sender.sendQuietly()
  void askPersistence()
  return { userId, kept, isSending, code, sendQuietly: sender.sendQuietly }
}

export type Captures = ReturnType<typeof useCaptures>
