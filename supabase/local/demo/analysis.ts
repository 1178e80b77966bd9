/** The analysis of the consultation that is over (`answered.ts`): findings, what belongs to them, and their answers. */
import { localDay } from '@/domain/centralTime'
import type { AnswerRow, AnswerText, FindingText, Idea } from '@/features/propuestas/findings'
import { opOf } from './campaign'
import { idOf, type NewOp, type Phone } from './phone'
import { readEntries } from './samples'

export const CAMPAIGN = idOf('answered')
const DAY = 24 * 3_600_000

interface Finding extends FindingText {
  answer: Omit<AnswerText, 'due_on'> & { due: number | null }
}
export interface Proposal {
  key: string
  finding: number
  /** The finding of its second idea, and what both say. */
  split?: number
  ideas?: [string, string]
  /** The proposal that it follows. */
  twin?: string
  helps: string
  municipality: string
  name: string | null
  quote: string | null
  body: string
}

const findingId = (place: number) => idOf(`answered:finding:${place}`)
export const inDays = (days: number) => localDay(new Date(Date.now() + days * DAY).toISOString())

export const byStaff = (
  key: string,
  name: string,
  op: Pick<NewOp, 'kind' | 'payload'> & Partial<NewOp>,
): NewOp => {
  const { secret: _, ...one } = opOf(key, name, op)
  return one
}

/** The findings, and each proposal in one: a twin, and one that is split. */
export async function sort(phone: Phone, token: string): Promise<void> {
  const findings = readEntries<Finding>('respondida.json')
  const made = findings.map(({ title, words, codes, notes }, place) =>
    byStaff(`answered:finding:${place}`, 'save', {
      kind: 'finding.save',
      payload: { convocatoria_id: CAMPAIGN, title, words, codes, notes },
      expected_version: 0,
    }),
  )
  const sorted = readEntries<Proposal>('respondidas.json').map((one) =>
    byStaff(one.key, 'sort', {
      kind: 'propuesta.sort',
      payload: { twin_of: one.twin ? idOf(one.twin) : null, ideas: ideasOf(one) },
      expected_version: 0,
    }),
  )
  await phone.send([...made, ...sorted], token)
}

function ideasOf({ key, finding, split, ideas, twin, quote }: Proposal): Idea[] {
  if (twin) return []
  const idea = (place: number, at: number): Idea => ({
    id: idOf(`idea:${key}:${at}`),
    words: ideas?.[at] ?? null,
    finding_id: findingId(place),
    quote: at === 0 ? quote : null,
  })
  return split === undefined ? [idea(finding, 0)] : [idea(finding, 0), idea(split, 1)]
}

/** One person drafts, another approves and sets the day. */
export async function answer(phone: Phone, moderator: string, coordinator: string): Promise<void> {
  const drafts = readEntries<Finding>('respondida.json').map(({ answer: { due, ...text } }, place) =>
    byStaff(`answered:finding:${place}`, 'answer', {
      kind: 'finding.answer',
      payload: { ...text, due_on: due === null ? null : inDays(due) },
      expected_version: 0,
    }),
  )
  const verdicts = await phone.send(drafts, moderator)
  for (const verdict of verdicts) {
    if (verdict.status !== 'applied') continue
    const { id, version, state } = verdict.row as unknown as AnswerRow
    if (state === 'draft')
      await phone.post(
        '/rest/v1/rpc/review_answer',
        { p_finding: id, p_version: version, p_approved: true },
        coordinator,
      )
  }
  const plan = { p_convocatoria: CAMPAIGN, p_day: inDays(0) }
  await phone.post('/rest/v1/rpc/plan_answers', plan, coordinator).catch(() => undefined) // an earlier start planned them
}
