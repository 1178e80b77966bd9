/** The acts of an analyst. Each is an op, saved without signal, on the version that is shown. */
import { ref, shallowRef } from 'vue'
import { faultText } from '@/i18n/refusals'
import { attemptsOf } from '@/staff/attempt'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { enqueue } from '@/sync/enqueue'
import type { AnswerText, BoardFinding, Sorting, SortingItem } from '../../findings'
import { type FindingChange, placed } from './sorting'

/** What takes the last act back: each proposal as it was. */
interface Undo {
  folio: string
  submission_id: string
  version: number
  before: Sorting
}

const newId = () => crypto.randomUUID()

/** Saves what a proposal shall be. */
const sender =
  (actor: string) =>
  ({ submission_id, version }: Pick<Undo, 'submission_id' | 'version'>, payload: Sorting) =>
    enqueue({ kind: 'propuesta.sort', entity_id: submission_id, payload, expected_version: version, actor })

/** What is done with proposals, and the way back from the last of it. */
function createSorting(actor: string, attempt: (act: () => Promise<void>) => Promise<void>) {
  const last = shallowRef<Undo[]>([])
  const sortTo = sender(actor)

  /** Makes each of these proposals what `next` says. */
  const sort = (items: readonly SortingItem[], next: (item: SortingItem) => Sorting) =>
    attempt(async () => {
      const done: Undo[] = []
      for (const item of items) {
        const { folio, submission_id, version, twin_of, ideas } = item
        await sortTo(item, next(item))
        done.push({ folio, submission_id, version: version + 1, before: { twin_of, ideas } })
      }
      last.value = done
    })
  const move = (items: readonly SortingItem[], finding: string | null) =>
    sort(items, (item) => placed(item, finding, newId))
  const undo = () =>
    attempt(async () => {
      for (const one of last.value) await sortTo(one, one.before)
      last.value = []
    })
  return { last, sort, move, undo }
}

export function useAnalysis() {
  const { userId: actor } = useStaffSessionStore()
  const isBusy = ref(false)
  const problem = ref('')
  const attempt = attemptsOf({ isBusy, problem }, faultText)

  /** Saves a finding; without one it makes it. `made` is told its id once it is saved. */
  async function save(
    finding: Pick<BoardFinding, 'id' | 'version'> | null,
    change: FindingChange,
    made?: (id: string) => void,
  ) {
    const entity_id = finding?.id ?? newId()
    const expected_version = finding?.version ?? 0
    await attempt(async () => {
      await enqueue({ kind: 'finding.save', entity_id, payload: change, expected_version, actor })
    })
    if (!problem.value) made?.(entity_id)
  }
  /** Saves the draft of an answer on this version of it; 0 for the first one. */
  const draft = (entity_id: string, expected_version: number, payload: AnswerText) =>
    attempt(async () => {
      await enqueue({ kind: 'finding.answer', entity_id, payload, expected_version, actor })
    })
  return { isBusy, problem, attempt, ...createSorting(actor, attempt), save, draft }
}

export type Analysis = ReturnType<typeof useAnalysis>
