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

/** What a person does about another's save, and about what this device kept. */
function createChoices(
  { answer, data, version, base, status, follow, rebased }: SectionState,
  touch: () => void,
  keeping: Pick<Keeping<KeptSection>, 'find' | 'forget'>,
) {
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
  /** Shows what this device keeps and the server lacks. */
  function show(kept: KeptSection): void {
    data.value = copy(kept.data)
    base.value = kept.base
    version.value = kept.version
    status.value = kept.version === answer.value.version ? 'waiting' : 'conflict'
  }
  /** Takes up what this device kept. */
  async function resume(): Promise<void> {
    const kept = await keeping.find()
    if (!kept) return
    show(kept)
    touch()
  }
  return { useMine, useTheirs, catchUp, show, resume }
}

export function useSection(first: SectionAnswer, around: Around) {
  const state = createSectionState(first)
  const { answer, data, version, base, status, problems, rebased } = state
  const keeping = createKeeping<KeptSection>(
    around.userId,
    around.campaignId,
    placeOf(first.section),
    () => ({
      version: version.value,
      data: data.value,
      base: base.value,
    }),
    (kept) => (kept ? choices.show(kept) : void leave()),
  )
  /** Another tab sent the section, or dropped what was written: the server knows which. */
  async function leave(): Promise<void> {
    keeping.isDirty.value = false
    const next = await around.readAgain(first.section).catch(() => null)
    if (!next || keeping.isDirty.value) return
    status.value = 'saved'
    choices.catchUp(next)
  }
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
  return {
    name: first.section,
    data,
    base,
    answer,
    status,
    problems,
    hasFailed,
    flush,
    news,
    others,
    take,
    dropOther,
    rebased,
    touch,
    saveNow,
    ...choices,
  }
}

export type SectionEditor = ReturnType<typeof useSection>
