/** The working copy of a renewed text in the page, and what is sent of it. */
import type { Part } from '@/domain/rows'
import type { DraftPart, RenewalDesk } from '../../renewal'

/** A part as the page edits it: every field is there, whatever the change. */
export interface PartForm extends Required<Omit<DraftPart, 'change'>> {
  /** Null: nobody has said what happens to it. */
  change: DraftPart['change'] | null
}

export interface RenewalForm {
  parts: PartForm[]
}

const formOf = (part: Partial<Part> & { id: string }, draft: DraftPart | undefined): PartForm => ({
  id: part.id,
  change: draft?.change ?? null,
  findings: draft?.findings ?? [],
  why: draft?.why ?? '',
  kind: part.kind ?? draft?.kind ?? 'paragraph',
  topic_id: part.topic_id ?? draft?.topic_id ?? '',
  number: part.number ?? draft?.number ?? '',
  title: draft?.title ?? part.title ?? '',
  body: draft?.body ?? part.body ?? '',
})

/** The parts in force, in their order, and then the new ones. */
export function renewalForm({ data, strategy }: Pick<RenewalDesk, 'data' | 'strategy'>): RenewalForm {
  const drafts = new Map(data.parts.map((part) => [part.id, part]))
  return {
    parts: [
      ...strategy.parts.map((part) => formOf(part, drafts.get(part.id))),
      ...data.parts.filter(({ change }) => change === 'added').map((part) => formOf({ id: part.id }, part)),
    ],
  }
}

export const newPart = (topicId: string): PartForm => ({
  ...formOf({ id: crypto.randomUUID(), topic_id: topicId }, undefined),
  change: 'added',
})

/** What is sent: only what each change needs. */
export const draftOf = ({ parts }: RenewalForm): { parts: DraftPart[] } => ({
  parts: parts.flatMap(({ change, ...part }) => {
    if (change === null) return []
    const { id, findings, why, title, body, kind, topic_id, number } = part
    return [
      {
        id,
        change,
        findings,
        why,
        ...((change === 'changed' || change === 'added') && { title, body }),
        ...(change === 'added' && { kind, topic_id, number }),
      },
    ]
  }),
})

/** The same with every part that nobody touched kept as it is, for this reason. */
export const restStays = ({ parts }: RenewalForm, why: string): RenewalForm => ({
  parts: parts.map((part) => (part.change === null ? { ...part, change: 'same', why } : part)),
})
