/** The colleagues and ready-made replies of the member's desk: the server's, or without signal those that this phone kept. */
import { defineStore } from 'pinia'
import { shallowReadonly, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { readKit, writeKit } from '@/data/staff/deskKit'
import type { Assignee, DecidingMember, DeskKit, ReplyTemplates } from '@/domain/staffRows'

const EMPTY: DeskKit = { members: [], templates: { version: 0, texts: {} } }

export const useDeskKitStore = defineStore('deskKit', () => {
  const kit = shallowRef<DeskKit>(EMPTY)
  let owner = ''

  /** Reads what is kept, then asks the server. Being offline is no trouble: what is kept stays. */
  async function open(userId: string): Promise<void> {
    owner = userId
    kit.value = EMPTY
    const kept = await readKit(userId).catch(() => null)
    if (kept && owner === userId) kit.value = kept
    const fresh = await answerOf(supabase.rpc('desk_kit')).catch(() => null)
    if (!fresh || owner !== userId) return
    kit.value = fresh
    await writeKit(userId, fresh).catch(() => undefined)
  }
  function close(): void {
    owner = ''
    kit.value = EMPTY
  }
  /** Shows and keeps the replies that the server has just saved. */
  async function learnTemplates(templates: ReplyTemplates): Promise<void> {
    kit.value = { ...kit.value, templates }
    await writeKit(owner, kit.value).catch(() => undefined)
  }
  /** Who else may decide on all of these campaigns. */
  const colleaguesFor = (convocatorias: readonly string[], userId: string): DecidingMember[] =>
    kit.value.members.filter(
      (member) =>
        member.id !== userId && convocatorias.every((id) => member.convocatorias?.includes(id) ?? true),
    )
  /** An assignment that waits to be sent knows only the id. */
  const nameOf = ({ id, name }: Assignee): string =>
    name || (kit.value.members.find((member) => member.id === id)?.name ?? '')
  return { kit: shallowReadonly(kit), open, close, learnTemplates, colleaguesFor, nameOf }
})
