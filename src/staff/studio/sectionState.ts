/** What is on the screen of one section of a campaign, and what the server has of it. */
import { computed, ref, shallowRef } from 'vue'
import type { SectionAnswer, SectionProblem } from '@/domain/campaignDraft'
import { rebaseForm } from '../conflict/changes'
import type { SectionData } from './section'

/**
 * `saved`: the server has all of it. `waiting`: it will be sent. `offline`: it will be sent when signal comes back.
 * `refused`: the server cannot keep it as it is. `conflict`: somebody else saved first. `failed`: try again.
 */
export type SaveStatus = 'saved' | 'waiting' | 'offline' | 'refused' | 'conflict' | 'failed'

export const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** `first`: the section as it was read. */
export function createSectionState(first: SectionAnswer) {
  const answer = shallowRef<SectionAnswer>(first) // as the server has it
  const data = ref<SectionData>(copy(first.data))
  const version = ref(first.version) // that `data` was written over
  const base = shallowRef<SectionData>(first.data)
  const status = ref<SaveStatus>('saved')
  const refused = shallowRef<SectionProblem | null>(null)
  function follow(next: SectionAnswer): void {
    answer.value = next
    version.value = next.version
    base.value = next.data
  }
  /** The newest version with what was changed here put over it. */
  const rebased = (): SectionData => rebaseForm(copy(data.value), base.value, copy(answer.value.data))
  const problems = computed<readonly SectionProblem[]>(() => [
    ...(refused.value ? [refused.value] : []),
    ...answer.value.problems,
  ])
  return { answer, data, version, base, status, refused, problems, follow, rebased }
}

export type SectionState = ReturnType<typeof createSectionState>
