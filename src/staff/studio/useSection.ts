/**
 * One section in the studio: what is on the screen, kept on this device at once and saved to the server after a pause.
 * A save names the version that it was written over; another person's save in between is a conflict, and nothing of
 * either is lost.
 */
import { onScopeDispose } from 'vue'
import type { SectionAnswer } from '@/domain/campaignDraft'
import { createKeeping, type Keeping } from '../review/useKeeping'
import type { SectionData } from './section'
import { type Around, createSectionSaver } from './sectionSaver'
import { copy, createSectionState, type SectionState } from './sectionState'

/** A section as it is kept on this device. `base`: the server's content that it was written over. */
export interface KeptSection {
  version: number
  data: SectionData
  base: SectionData
}

export const placeOf = (section: string): string => `estudio-${section}`

/** Shows what this device keeps and the server lacks. */
function showKept({ answer, data, version, base, status }: SectionState, kept: KeptSection): void {
  data.value = copy(kept.data)
  base.value = kept.base
  version.value = kept.version
  status.value = kept.version === answer.value.version ? 'waiting' : 'conflict'
}

/** What a person does about another's save, and about what this device kept. */
function createChoices(
  state: SectionState,
  touch: () => void,
  keeping: Pick<Keeping<KeptSection>, 'find' | 'forget'>,
) {
  const { answer, data, status, follow, rebased } = state
  /** Goes on over the newest version with what was changed here. */
  function useMine(): void {
    data.value = rebased()
    follow(answer.value)
    status.value = 'waiting'
    touch()
  }
  async function useTheirs(): Promise<void> {
    data.value = copy(answer.value.data)
    follow(answer.value)
    status.value = 'saved'
    await keeping.forget()
  }
  /** Shows what the server has now, unless something here waits to be sent. */
  function catchUp(next: SectionAnswer): void {
    if (status.value !== 'saved') return
    data.value = copy(next.data)
    follow(next)
  }
  /** Takes up what this device kept. */
  async function resume(): Promise<void> {
    const kept = await keeping.find()
    if (!kept) return
    showKept(state, kept)
    touch()
  }
  return { useMine, useTheirs, catchUp, resume }
}

/** What this device keeps of a section, shared with the other tabs. */
function keepSection(state: SectionState, around: Around, name: string) {
  const { data, version, base, status, follow } = state
  const current = () => ({ version: version.value, data: data.value, base: base.value })
  const adopt = (kept: KeptSection | undefined) => (kept ? showKept(state, kept) : void leave())
  const keeping = createKeeping<KeptSection>(around.userId, around.campaignId, placeOf(name), {
    current,
    adopt,
  })
  /** Another tab sent the section, or dropped what was written: the server knows which. */
  async function leave(): Promise<void> {
    keeping.isDirty.value = false
    const next = await around.readAgain(name).catch(() => null)
    if (!next || keeping.isDirty.value) return
    status.value = 'saved'
    data.value = copy(next.data)
    follow(next)
  }
  return keeping
}

export function useSection(first: SectionAnswer, around: Around) {
  const state = createSectionState(first)
  const { answer, data, base, status, problems, rebased } = state
  const keeping = keepSection(state, around, first.section)
  const { saveNow, touch } = createSectionSaver(state, keeping, around, first.section)
  const choices = createChoices(state, touch, keeping)
  const onOnline = () => status.value === 'offline' && void saveNow()
  addEventListener('online', onOnline)
  onScopeDispose(() => {
    removeEventListener('online', onOnline)
    void saveNow()
  })
  const { hasFailed, flush, news, others, dropOther } = keeping
  const take: typeof keeping.take = async (other) => {
    await keeping.take(other)
    touch()
  }
  const section = { name: first.section, data, base, answer, status, problems, rebased }
  return { ...section, touch, saveNow, hasFailed, flush, news, others, take, dropOther, ...choices }
}

export type SectionEditor = ReturnType<typeof useSection>
