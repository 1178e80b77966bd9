/** Sends one section to the server: after a pause in typing, one call at a time, naming the version it was written over. */
import { RpcFault } from '@/data/rpc'
import { answerOf, supabase } from '@/data/staff/client'
import type { SectionAnswer, SectionProblem } from '@/domain/campaignDraft'
import { Fault } from '@/domain/fault'
import type { createKeeping } from '../review/useKeeping'
import type { SectionState } from './sectionState'

/** Typing pauses this long before the section is sent. */
const PAUSE_MS = 900

type Keeping = Pick<ReturnType<typeof createKeeping>, 'isDirty' | 'touch' | 'forget'>

export interface Around {
  userId: string
  campaignId: string
  /** Told after each save, with the campaign's new revision. */
  onSaved(revision: number): void
  /** Reads the section anew from the server. */
  readAgain(section: string): Promise<SectionAnswer>
}

const sendSection = (p_id: string, p_section: string, p_expected_version: number, p_data: object) =>
  answerOf(supabase.rpc('save_section', { p_id, p_section, p_expected_version, p_data }))

/** What a failed save means for the section. */
async function learn(cause: unknown, state: SectionState, around: Around, name: string): Promise<void> {
  const { status, refused, answer, data, follow } = state
  const code = cause instanceof Fault ? cause.code : 'server'
  if (code === 'offline' || code === 'timeout') status.value = 'offline'
  else if (code === 'conflict') {
    answer.value = await around.readAgain(name).catch(() => answer.value)
    status.value = 'conflict'
    if (JSON.stringify(answer.value.data) !== JSON.stringify(data.value)) return
    follow(answer.value) // another tab has sent the same
    status.value = 'saved'
  } else if (cause instanceof RpcFault && !cause.retryable && code !== 'auth') {
    refused.value = {
      field: cause.details.field ?? '',
      code: code as SectionProblem['code'],
      level: 'wrong',
    }
    status.value = 'refused'
  } else status.value = 'failed'
}

/** Sends the section after a pause in typing; one call at a time. */
export function createSectionSaver(state: SectionState, keeping: Keeping, around: Around, name: string) {
  const { data, version, status, refused, follow } = state
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> = Promise.resolve()

  async function send(): Promise<void> {
    if (!keeping.isDirty.value || status.value === 'conflict') return
    const sent = JSON.stringify(data.value)
    try {
      const { revision, ...next } = await sendSection(
        around.campaignId,
        name,
        version.value,
        JSON.parse(sent) as object,
      )
      follow(next)
      refused.value = null
      around.onSaved(revision)
      if (JSON.stringify(data.value) !== sent) return touch() // it goes on over the answer
      status.value = 'saved'
      await keeping.forget()
    } catch (error) {
      await learn(error, state, around, name)
    }
  }

  /** Sends now what was not sent, after what is being sent. */
  function saveNow(): Promise<void> {
    clearTimeout(timer)
    return (sending = sending.then(send))
  }

  /** Something changed on the screen. During a conflict it is kept and not sent: the person chooses first. */
  function touch(): void {
    keeping.touch()
    if (status.value === 'conflict') return
    status.value = 'waiting'
    clearTimeout(timer)
    timer = setTimeout(() => void saveNow(), PAUSE_MS)
  }
  return { saveNow, touch }
}
