/** What the submissions of every kind of campaign share: the campaign and its notice, times, decisions. */
import type { Verdict } from '@/domain/ops'
import type { Convocatoria, Notice, SubmissionRow } from '@/domain/rows'
import { DEMO_STAFF } from '../keys'
import { idOf, type NewOp, type Phone, secretOf } from './phone'

export interface OpenCampaign<Details = unknown> extends Omit<Convocatoria, 'details'> {
  details: Details
  notice: Notice
}

/** A step of staff, or the text with which the author answers a request. `duplicate_of` is the key of another entry. */
export type Step =
  { decision: string; reason_code?: string; duplicate_of?: string; message?: string } | { correct: string }

/** A submission of the sample files. */
export interface Entry {
  key: string
  sector: string | null
  municipality: string | null
  /** The name to show; null for an anonymous author. */
  name: string | null
  /** Whether the author allows publication. */
  publish: boolean
  steps: Step[]
}

/** The campaign of this kind that accepts submissions now. Null, with a note, when staff closed or moved it. */
export async function openCampaign<Details>(
  phone: Phone,
  kind: string,
): Promise<OpenCampaign<Details> | null> {
  const now = Date.now()
  const open = (await phone.pull<Convocatoria>('convocatoria')).find(
    (row) => row.kind === kind && Date.parse(row.opens_at) <= now && now < Date.parse(row.received_until),
  )
  const notice = (await phone.pull<Notice>('notice')).find(({ id }) => id === open?.notice_id)
  if (open && notice) return { ...open, details: open.details as Details, notice }
  phone.refused.push(`${kind}: ninguna convocatoria abierta`)
  return null
}

/**
 * Instants for `count` submissions, spread evenly from the opening until now, as ISO 8601. The phone claims them:
 * the server records its own time of receipt.
 */
export function spread({ opens_at }: { opens_at: string }, count: number): string[] {
  const opened = Date.parse(opens_at)
  const step = (Date.now() - opened) / count
  return Array.from({ length: count }, (_, index) => new Date(opened + step * (index + 0.5)).toISOString())
}

/** A fixed order in which the states of the queue alternate. */
export const shuffled = <T extends { key: string }>(entries: T[]): T[] =>
  entries.toSorted((a, b) => (idOf(`order:${a.key}`) < idOf(`order:${b.key}`) ? -1 : 1))

/** The part of a submission's payload that every kind has. */
export const sharedPayload = (
  { id, notice }: OpenCampaign,
  { key, name, granted }: { key: string; name: string | null; granted: (consent: string) => boolean },
  consentedAt: string,
) => ({
  convocatoria_id: id,
  display_name: name,
  email: `${key}@demo.example`,
  notice_id: notice.id,
  notice_hash: notice.hash,
  locale: 'es-MX',
  consented_at: consentedAt,
  consents: notice.consents.map((consent) => ({ key: consent.key, granted: granted(consent.key) })),
})

/** Answers an op of the author of `key`. `name` tells the author's ops apart. */
export const opOf = (
  key: string,
  name: string,
  op: Pick<NewOp, 'kind' | 'payload'> & Partial<NewOp>,
): NewOp => ({
  op_id: idOf(`op:${key}:${name}`),
  entity_id: idOf(key),
  captured_at: new Date().toISOString(),
  secret: secretOf(key),
  ...op,
})

/**
 * Takes every entry through its steps: the decisions as the demonstration's moderator, the corrections as the authors.
 * `correction` makes an author's op of the text of its step.
 */
export async function decideAll<E extends Entry>(
  phone: Phone,
  entries: E[],
  received: Map<string, Row>,
  correction: (entry: E, text: string) => Pick<NewOp, 'kind' | 'payload'>,
): Promise<void> {
  const token = await phone.signIn(DEMO_STAFF)
  const rows = new Map(received)
  const rounds = Math.max(0, ...entries.map(({ steps }) => steps.length))
  for (let round = 0; round < rounds; round++) {
    const due = entries.filter(({ key, steps }) => steps[round] && rows.has(key))
    const versioned = (entry: E, op: Pick<NewOp, 'kind' | 'payload'>) =>
      opOf(entry.key, `step:${round}`, { ...op, expected_version: rows.get(entry.key)!.version })
    const isByStaff = ({ steps }: E) => 'decision' in steps[round]!
    const [byStaff, byAuthors] = [due.filter(isByStaff), due.filter((entry) => !isByStaff(entry))]
    const decisions = byStaff.map((entry) => {
      const step = entry.steps[round] as Extract<Step, { decision: string }>
      const duplicate = step.duplicate_of && { duplicate_of: rows.get(step.duplicate_of)?.folio }
      const { secret: _, ...op } = versioned(entry, {
        kind: 'review.decide',
        payload: { ...step, ...duplicate },
      })
      return op
    })
    note(rows, byStaff, await phone.send(decisions, token))
    const corrections = byAuthors.map((entry) =>
      versioned(entry, correction(entry, (entry.steps[round] as { correct: string }).correct)),
    )
    note(rows, byAuthors, await phone.send(corrections))
  }
}

export type Row = Pick<SubmissionRow, 'version' | 'folio'>

/** Records the present row of each applied op under its entry's key. */
export function note(rows: Map<string, Row>, entries: { key: string }[], verdicts: Verdict[]): void {
  verdicts.forEach((verdict, index) => {
    if (verdict.status === 'applied' && verdict.row)
      rows.set(entries[index]!.key, verdict.row as SubmissionRow)
  })
}
