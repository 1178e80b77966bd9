/** What the analysts' unsent acts make of the server's board: pure functions, so that a phone without signal shows its own work. */
import type { OutboxOp } from '@/data/db'
import { fold } from '@/domain/spelling'
import type {
  AnswerText,
  BoardFinding,
  FindingsBoard,
  FindingText,
  Idea,
  SortingItem,
  Sorting,
} from '../../findings'

export type ActKind = 'propuesta.sort' | 'finding.save' | 'finding.answer'
const ACTS: readonly string[] = ['propuesta.sort', 'finding.save', 'finding.answer'] satisfies ActKind[]

/** Whether an op is an act of the analysis. */
export const isAnalysisAct = (kind: string): kind is ActKind => ACTS.includes(kind)

export type Act = Pick<OutboxOp, 'op_id' | 'kind' | 'entity_id' | 'payload'>
/** The payload of `finding.save`. */
export type FindingChange = FindingText & { convocatoria_id: string; removed?: boolean }

const on = (acts: readonly Act[], kind: ActKind, id: string) =>
  acts.filter((act) => act.kind === kind && act.entity_id === id)

/** The proposal as this member's acts leave it. Its version is the one that the next act has to name. */
export function withSortings(item: SortingItem, acts: readonly Act[]): SortingItem {
  const own = on(acts, 'propuesta.sort', item.submission_id)
  const last = own.at(-1)?.payload as Sorting | undefined
  return last ? { ...item, ...last, version: item.version + own.length } : item
}

/** Whether the proposal has an idea in no finding. A twin has what the one that it follows has. */
export const isUnsorted = ({ twin_of, ideas }: Sorting): boolean =>
  !twin_of && (ideas.length === 0 || ideas.some(({ finding_id }) => !finding_id))

export const isIn = ({ ideas }: Sorting, finding: string): boolean =>
  ideas.some(({ finding_id }) => finding_id === finding)

/** The proposal with its ideas that are in no finding, or all of it, in this one; null takes it out of every finding. */
export function placed({ ideas }: Sorting, finding: string | null, newId: () => string): Sorting {
  const known: Idea[] = ideas.length ? ideas : [{ id: newId(), words: null, finding_id: null, quote: null }]
  const rest = known.some(({ finding_id }) => !finding_id) ? (idea: Idea) => !idea.finding_id : () => true
  return {
    twin_of: null,
    ideas: known.map((idea) =>
      finding === null
        ? { ...idea, finding_id: null, quote: null }
        : rest(idea)
          ? { ...idea, finding_id: finding, quote: idea.finding_id === finding ? idea.quote : null }
          : idea,
    ),
  }
}

const EMPTY = { answer: null, count: 0, parts: [], missing: false, quotes: [] }

function withAnswer(finding: BoardFinding, acts: readonly Act[]): BoardFinding {
  const own = on(acts, 'finding.answer', finding.id)
  const text = own.at(-1)?.payload as AnswerText | undefined
  if (!text) return finding
  const blank = {
    id: finding.id,
    version: 0,
    approved_by: null,
    publish_on: null,
    published_at: null,
    writers: [],
  }
  const before = finding.answer ?? blank
  const version = before.version + own.length
  return { ...finding, answer: { ...before, ...text, version, state: 'draft', own: true, returned: null } }
}

function withText(finding: BoardFinding, acts: readonly Act[]): BoardFinding {
  const own = on(acts, 'finding.save', finding.id)
  const text = own.at(-1)?.payload as FindingChange | undefined
  return text
    ? { ...finding, ...text, version: finding.version + own.length, removed: !!text.removed }
    : finding
}

/** The findings that only this phone knows yet, with the version that their next act has to name. */
const newFindings = (board: FindingsBoard, acts: readonly Act[]): BoardFinding[] => {
  const known = new Set(board.findings.map(({ id }) => id))
  const ids = new Set(acts.flatMap((act) => (act.kind === 'finding.save' ? [act.entity_id] : [])))
  return [...ids].flatMap((id, index) => {
    const { convocatoria_id } = on(acts, 'finding.save', id)[0]!.payload as FindingChange
    if (known.has(id) || convocatoria_id !== board.convocatoria_id) return []
    const blank = { id, version: 0, position: board.findings.length + index + 1, removed: false }
    return [{ ...EMPTY, ...blank, convocatoria_id, title: '', words: '', codes: [], notes: '' }]
  })
}

/** By how many the proposals of a finding change with these acts. `items`: the proposals as the server knows them. */
function changeOf(finding: string, items: readonly SortingItem[], acts: readonly Act[]): number {
  return items.reduce(
    (sum, item) => sum + Number(isIn(withSortings(item, acts), finding)) - Number(isIn(item, finding)),
    0,
  )
}

/** The board as this member's acts leave it. */
export function withActs(
  board: FindingsBoard,
  items: readonly SortingItem[],
  acts: readonly Act[],
): FindingsBoard {
  const findings = [...board.findings, ...newFindings(board, acts)]
    .map((finding) => withAnswer(withText(finding, acts), acts))
    .map((finding) => ({ ...finding, count: finding.count + changeOf(finding.id, items, acts) }))
    .filter(({ removed }) => !removed)
  const sorted = items.filter((item) => isUnsorted(item) && !isUnsorted(withSortings(item, acts))).length
  const taken = items.filter((item) => !isUnsorted(item) && isUnsorted(withSortings(item, acts))).length
  return { ...board, findings, counts: { ...board.counts, grouped: board.counts.grouped + sorted - taken } }
}

export const COLUMNS = ['open', 'draft', 'done'] as const
export type Column = (typeof COLUMNS)[number]

/** In which column of the board a finding stands: without an answer, being written, or with what people read now. */
export const columnOf = ({ answer }: Pick<BoardFinding, 'answer'>): Column =>
  !answer ? 'open' : answer.state === 'published' ? 'done' : 'draft'

const wordsOf = (text: string) => new Set(fold(text).filter((word) => word.length > 4))

/** The findings, those first that share most words with the texts. */
export function byLikeness(findings: readonly BoardFinding[], texts: readonly string[]): BoardFinding[] {
  const wanted = wordsOf(texts.join(' '))
  const score = ({ title, words, quotes }: BoardFinding) =>
    [...wordsOf([title, words, ...quotes].join(' '))].filter((word) => wanted.has(word)).length
  return findings
    .map((finding) => ({ finding, score: score(finding) }))
    .sort((a, b) => b.score - a.score || a.finding.position - b.finding.position)
    .map(({ finding }) => finding)
}
