/** The board of a consultation with this member's unsent acts on it, and the acts. */
import { computed, shallowRef, watch } from 'vue'
import type { OutboxOp } from '@/data/db'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { useRefresh } from '@/staff/desk/useRefresh'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import type { SortingItem } from '../../findings'
import { dropKeptFindings, getKeptFindings, keepFindings, type KeptFindings } from './keptFindings'
import { isAnalysisAct, withActs, withSortings } from './sorting'

/** As many proposals as a phone holds for an analyst without signal: ten pages. */
const PAGES = 10

async function readItems(id: string, finding: string | null, search: string): Promise<SortingItem[]> {
  const items: SortingItem[] = []
  let after: string | null = null
  for (let page = 0; page < PAGES; page += 1) {
    const args = { p_convocatoria: id, p_finding: finding, p_search: search || null, p_after: after }
    const answer: { items: SortingItem[]; next: string | null } = await answerOf(
      supabase.rpc('list_sorted', args),
    )
    items.push(...answer.items)
    after = answer.next
    if (!after) break
  }
  return items
}

/** Acts of this member that the server has not answered, and those it has until the next read shows what they did. */
function useActs(read: () => Promise<void>) {
  const session = useStaffSessionStore()
  const own = computed(() =>
    session.ops.filter((op) => isAnalysisAct(op.kind) && op.actor === session.userId),
  )
  const answered = shallowRef<OutboxOp[]>([])
  watch(own, (now, before) => {
    const left = before.filter(
      (op) => op.state !== 'needs_person' && !now.some(({ op_id }) => op_id === op.op_id),
    )
    if (!left.length) return
    answered.value = [...answered.value, ...left]
    void read().then(() => (answered.value = answered.value.filter((op) => !left.includes(op))))
  })
  return {
    /** Refused, or overtaken by somebody else. */
    stuck: computed(() => own.value.filter(({ state }) => state === 'needs_person')),
    unsent: computed(() => own.value.filter(({ state }) => state !== 'needs_person')),
    acts: computed(() => [...answered.value, ...own.value.filter(({ state }) => state !== 'needs_person')]),
  }
}

/** `finding`: the one whose proposals are read; null those in none. */
export function useFindings(id: string, finding: string | null = null) {
  const { userId } = useStaffSessionStore()
  const kept = shallowRef<KeptFindings | null>(null)
  const search = shallowRef('')

  const { value, state, run } = useLoad(async () => {
    const [board, items] = await Promise.all([
      answerOf(supabase.rpc('findings_board', { p_convocatoria: id })),
      readItems(id, finding, search.value),
    ])
    const found: KeptFindings = { board, items }
    if (!finding && !search.value) keepFindings(userId, found).catch(() => undefined) // a full disk takes nothing from the screen
    return found
  })
  const found = getKeptFindings(userId, id).then(
    (one) => (kept.value = one),
    () => null, // a broken disk keeps nothing from being read
  )
  async function read(): Promise<void> {
    await run()
    if (state.value !== 'denied' && state.value !== 'missing') return
    await found
    ;[value.value, kept.value] = [null, null]
    await dropKeptFindings(userId, id)
  }
  useRefresh(() => void read())
  const { acts, stuck, unsent } = useActs(read)
  watch(search, () => void run())

  const known = computed(() => value.value ?? kept.value)
  return {
    search,
    state,
    read,
    stuck,
    unsent,
    isKept: computed(() => !value.value && !!kept.value),
    board: computed(() => known.value && withActs(known.value.board, known.value.items, acts.value)),
    items: computed(() => (known.value?.items ?? []).map((item) => withSortings(item, acts.value))),
  }
}
