/** Judges the passes that are scanned at a door, by the camera or by a scanner that types, and notes who owns a valid one. */
import { computed, shallowRef } from 'vue'
import { useLive } from '@/data/useLive'
import { useInstitutionStore } from '@/data/institutionStore'
import type { DoorLine, JornadaDay } from '@/features/jornadas/registration'
import { faultText } from '@/i18n/refusals'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { judgedOutcome, markedOutcome, type Outcome } from './outcome'
import { hashPass, type Judgement, judgePass, type Known } from './passes'
import { doorDays } from './queries'
import { hasLeft, isInside, type Person } from './people'
import type { Door } from './useDoor'
import type { Marked } from './useNotes'
import { t } from './words'

type Shown =
  | { kind: 'marked'; marked: Marked; isUnlisted: boolean }
  | { kind: 'judged'; judgement: Exclude<Judgement, { outcome: 'good' | 'unlisted' }> }
  | { kind: 'failed'; text: string }

/** A pass may be newer than the list, so these results are judged again after the list is read again. */
const MAY_BE_NEWS: ReadonlySet<Judgement['outcome']> = new Set([
  'unknown',
  'waiting',
  'offered',
  'pending',
  'invalid',
])

/** The line of somebody whom the list does not have, until the server's answer brings theirs. */
async function lineOf({
  pass,
  submission_id,
}: Extract<Judgement, { outcome: 'unlisted' }>): Promise<DoorLine> {
  const { folio, code } = pass
  const [name, body] = [t('unlisted.name'), t('unlisted.body')]
  const pass_hash = await hashPass(code)
  return { submission_id, folio, name, body, status: 'confirmed', pass_hash, checked_in_at: null, version: 0 }
}

function outcomeOf(now: Shown, door: Door, days: readonly JornadaDay[]): Outcome | null {
  if (now.kind === 'failed') return { tone: 'bad', title: t('outcome.failed'), text: now.text, person: null }
  if (now.kind === 'judged') return judgedOutcome(now.judgement, door.kept.value, days)
  const person = door.personOf(now.marked.id)
  return person ? markedOutcome(person, now.marked, now.isUnlisted) : null
}

/** Before any list, every signed pass is newer. */
const NEVER = new Date(0).toISOString()

/** Notes the owner of a pass: coming, or at the exit leaving. */
async function noteOwner(
  door: Door,
  judgement: Extract<Judgement, { outcome: 'good' | 'unlisted' }>,
): Promise<Shown> {
  const { code } = judgement.pass
  const isUnlisted = judgement.outcome === 'unlisted'
  const line = isUnlisted ? await lineOf(judgement) : judgement.person.line
  const marked = await (door.isExit.value ? door.leave(line, code) : door.mark(line, code))
  if (isUnlisted) void door.read.refresh() // with signal the list brings the name
  return { kind: 'marked', marked, isUnlisted }
}

/** What becomes of a pass: whose arrival or departure it notes, or why none. */
async function judgeAt(door: Door, text: string, keys: Known['keys']): Promise<Shown> {
  const listAt = door.kept.value?.at ?? NEVER
  const judgement = await judgePass(text, door.jornadaId, door.people.value, { keys, listAt })
  if (judgement.outcome === 'good' || judgement.outcome === 'unlisted') return noteOwner(door, judgement)
  if (judgement.outcome === 'used') {
    const { person } = judgement
    const isExit = door.isExit.value
    if (isExit && isInside(person))
      return { kind: 'marked', marked: await door.leave(person.line, null), isUnlisted: false }
    if (!isExit && hasLeft(person))
      return { kind: 'marked', marked: await door.mark(person.line, null), isUnlisted: false } // in again
  }
  return { kind: 'judged', judgement }
}

/** The result of the last pass, which stays until the next one. Call it in a setup. */
export function useJudge(door: Door) {
  const { userId } = useStaffSessionStore()
  const institution = useInstitutionStore()
  const days = useLive(doorDays(userId), null)
  const shown = shallowRef<Shown | null>(null)

  async function judge(text: string): Promise<void> {
    try {
      shown.value = await judgeAt(door, text, institution.bootstrap?.signing_keys ?? [])
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

  /** The volunteer says that somebody with a seat online, or whose approval is open, stands at the door. */
  async function letIn({ line }: Person): Promise<void> {
    try {
      shown.value = { kind: 'marked', marked: await door.mark(line, null), isUnlisted: false }
    } catch (error) {
      shown.value = { kind: 'failed', text: faultText(error) }
    }
  }

  const outcome = computed(() => shown.value && outcomeOf(shown.value, door, days.value?.items ?? []))
  return { outcome, onCode, letIn, dismiss: () => void (shown.value = null) }
}
