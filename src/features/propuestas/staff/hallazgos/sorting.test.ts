import { expect, test } from 'vitest'
import type { BoardFinding, FindingsBoard, Idea, SortingItem } from '../../findings'
import { type Act, byLikeness, columnOf, isUnsorted, placed, withActs, withSortings } from './sorting'

const idea = (finding_id: string | null, rest: Partial<Idea> = {}): Idea => ({
  id: 'i',
  words: null,
  finding_id,
  quote: null,
  ...rest,
})
const item = (id: string, ideas: Idea[] = []): SortingItem => ({
  submission_id: id,
  version: 2,
  twin_of: null,
  ideas,
  folio: id,
  body: '',
  part_label: null,
  municipality_name: null,
  state: 'published',
  received_at: '',
  may_quote: true,
  twin_folio: null,
  twins: 0,
})
const finding = (id: string, rest: Partial<BoardFinding> = {}): BoardFinding => ({
  id,
  version: 1,
  convocatoria_id: 'c',
  title: id,
  words: '',
  codes: [],
  notes: '',
  position: 1,
  removed: false,
  answer: null,
  count: 0,
  parts: [],
  missing: false,
  quotes: [],
  ...rest,
})
const board = (findings: BoardFinding[]): FindingsBoard => ({
  convocatoria_id: 'c',
  title: '',
  answer_by: null,
  finished_at: null,
  may_write: true,
  may_publish: false,
  counts: { owed: 2, grouped: 0, answered: 0, undecided: 0 },
  findings,
})
const act = (kind: Act['kind'], entity_id: string, payload: object): Act => ({
  op_id: 'o',
  kind,
  entity_id,
  payload,
})
const sorted = (id: string, ideas: Idea[]) => act('propuesta.sort', id, { twin_of: null, ideas })

test('an unsent grouping shows at once: the proposal leaves the list, and the finding and the coverage count it', () => {
  const items = [item('p'), item('q')]
  const acts = [sorted('p', [idea('a')])]
  const shown = withActs(board([finding('a')]), items, acts)
  expect(items.map((one) => isUnsorted(withSortings(one, acts)))).toEqual([false, true])
  expect([shown.findings[0]!.count, shown.counts.grouped]).toEqual([1, 1])
})

test('each unsent act of a proposal raises the version that the next one names', () => {
  const acts = [sorted('p', [idea('a')]), sorted('p', [])]
  expect(withSortings(item('p'), acts)).toMatchObject({ version: 4, ideas: [] })
})

test('a finding that only this phone knows is on the board and takes proposals', () => {
  const text = { convocatoria_id: 'c', title: 'Nuevo', words: '', codes: [], notes: '' }
  const acts = [act('finding.save', 'n', text), sorted('p', [idea('n')])]
  expect(withActs(board([]), [item('p')], acts).findings).toMatchObject([
    { id: 'n', title: 'Nuevo', version: 1, count: 1 },
  ])
})

test('an unsent answer is a draft of this member, which stands in «En redacción»', () => {
  const text = { outcome: 'no', reasons: 'x', area: '', due_on: null }
  const [one] = withActs(board([finding('a')]), [], [act('finding.answer', 'a', text)]).findings
  expect([one!.answer?.own, one!.answer?.version, columnOf(one!)]).toEqual([true, 1, 'draft'])
})

test('moving places the ideas that are in no finding, and keeps those that are', () => {
  const half = item('p', [idea('a', { id: '1', words: 'Una' }), idea(null, { id: '2', words: 'Otra' })])
  expect(placed(half, 'b', () => 'new').ideas.map(({ finding_id }) => finding_id)).toEqual(['a', 'b'])
  expect(placed(item('p'), 'b', () => 'new').ideas).toEqual([idea('b', { id: 'new' })])
  expect(placed(half, null, () => 'new').ideas.map(({ finding_id }) => finding_id)).toEqual([null, null])
})

test('the findings with most words of the chosen texts come first', () => {
  const findings = [
    finding('a', { title: 'Mesas en sábado' }),
    finding('b', { title: 'Folletos en mazahua', position: 2 }),
  ]
  expect(byLikeness(findings, ['Que los folletos estén en mazahua']).map(({ id }) => id)).toEqual(['b', 'a'])
})
