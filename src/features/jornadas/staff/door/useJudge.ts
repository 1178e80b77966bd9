/** Judges the passes that are scanned at a door, by the camera or by a scanner that types, and marks the owner of a valid one. */
import { computed, shallowRef } from 'vue'
import { useLive } from '@/data/useLive'
import { faultText } from '@/i18n/refusals'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { judgedOutcome, markedOutcome, type Outcome } from './outcome'
import { type Judgement, judgePass } from './passes'
import { doorDays } from './queries'
import type { Door, Marked } from './useDoor'
import { t } from './words'

type Shown =
  | { kind: 'marked'; marked: Marked }
  | { kind: 'judged'; judgement: Exclude<Judgement, { outcome: 'good' }> }
  | { kind: 'failed'; text: string }

/** A pass may be newer than the list, so these results are judged again after the list is read again. */
const MAY_BE_NEWS: ReadonlySet<Judgement['outcome']> = new Set(['unknown', 'waiting', 'offered', 'invalid'])

/** The result of the last pass, which stays until the next one. Call it in a setup. */
export function useJudge(door: Door) {
  const { userId } = useStaffSessionStore()
  const days = useLive(doorDays(userId), null)
  const shown = shallowRef<Shown | null>(null)

  async function judge(text: string): Promise<void> {
    const judgement = await judgePass(text, door.jornadaId, door.people.value)
    if (judgement.outcome !== 'good') {
      shown.value = { kind: 'judged', judgement }
      return
    }
    try {
      shown.value = { kind: 'marked', marked: await door.mark(judgement.person.line, judgement.pass.code) }
    } catch (error) {
      shown.value = { kind: 'failed', text: faultText(error) }
    }
  }

  async function onCode(text: string): Promise<void> {
    await judge(text)
    const now = shown.value
    if (now?.kind !== 'judged' || !MAY_BE_NEWS.has(now.judgement.outcome)) return
    const readAt = door.kept.value?.at
    void door.read.refresh().then(() => {
      const isStill = shown.value === now && door.kept.value?.at !== readAt
      return isStill ? judge(text) : undefined
    })
  }

  const outcome = computed<Outcome | null>(() => {
    const now = shown.value
    if (!now) return null
    if (now.kind === 'failed')
      return { tone: 'bad', title: t('outcome.failed'), text: now.text, person: null }
    if (now.kind === 'judged') {
      return judgedOutcome(now.judgement, door.kept.value, days.value?.items ?? [])
    }
    const person = door.personOf(now.marked.id)
    return person ? markedOutcome(person, now.marked) : null
  })

  return { outcome, onCode }
}
