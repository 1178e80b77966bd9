/** The wire of `apply_ops`: the ops that a phone sends, and their four possible verdicts. */

import { kindNamed, kindOfOp, type CampaignKind, type OpOf, type RowOf } from './kinds'
import type { SubmissionRow } from './rows'
import type { StaffItem } from './staffRows'

/** The properties of an op for the code that saves, sends and shows ops of every kind of campaign. */
export interface OpTraits {
  /** It creates the entity on the server. */
  submits?: true
  /** It carries the correction that staff requested. */
  corrects?: true
  /** It tells the server that all bytes of a file arrived. It carries `media_id` and no text of a person. */
  attaches?: true
  /** It announces another file for one that the server holds, `media` of its payload. It carries no text of a person. */
  replaces?: true
  /** It withdraws the submission; its file is deleted from the phone. */
  withdraws?: true
  /** The version of its payload's format; 1 when absent. */
  v?: number
  /** It changes something beside the submission, whose version stays. */
  beside?: true
  /** It locks rows on the server until its call ends, so it is sent alone. */
  locks?: true
  /**
   * For a staff op that nobody could repeat after the server's database is restored from a backup: returns the part of
   * its payload that the phone keeps.
   */
  kept?(payload: object): object
}

/** Ops that every kind of campaign has. */
const SHARED_OPS = {
  'submission.withdraw': { withdraws: true },
  'submission.undo_withdraw': {},
  'submission.ask_review': {},
  'review.decide': {},
  'review.undo': {},
  'desk.assign': { beside: true },
} as const satisfies Record<string, OpTraits>

export type OpKind = keyof typeof SHARED_OPS | OpOf<CampaignKind>

const isShared = (kind: string): kind is keyof typeof SHARED_OPS => Object.hasOwn(SHARED_OPS, kind)

const knownTraits = (kind: string): OpTraits | undefined =>
  isShared(kind) ? SHARED_OPS[kind] : kindOfOp(kind)?.ops[kind]

/**
 * The traits of an op. A newer app on this phone may have saved an op that this version does not know. Its traits come
 * from its name, `<subject>.<verb>`, so that no text in it is lost.
 */
export function opTraits(kind: string): OpTraits {
  const verb = String(kind).split('.')[1]
  return (
    knownTraits(kind) ?? {
      ...(verb === 'submit' && { submits: true }),
      ...(verb === 'correct' && { corrects: true }),
    }
  )
}

/** Whether an op may carry a person's text, which would be lost with it. */
export function hasWords(kind: string): boolean {
  const { submits, corrects } = opTraits(kind)
  return !!submits || !!corrects || !knownTraits(kind)
}

/** Whether this op creates the entity on the server. */
export const isSubmit = ({ kind }: { kind: string }): boolean => !!opTraits(kind).submits

/** Whether this op tells the server that all bytes of a file arrived. */
export const isAttach = ({ kind }: { kind: string }): boolean => !!opTraits(kind).attaches

/** Whether this op announces another file for one that the server holds. */
export const isReplace = ({ kind }: { kind: string }): boolean => !!opTraits(kind).replaces

/** The attach op of a kind of campaign; null when the kind has no files or is not known. */
export function attachOpOf(campaignKind: string): OpKind | null {
  const ops = Object.keys(kindNamed(campaignKind)?.ops ?? {})
  return (ops.find((kind) => isAttach({ kind })) as OpKind | undefined) ?? null
}

/** One intention of a person. A saved op is immutable: a change is another op. Ops of one entity apply in order. */
export interface Op {
  op_id: string // uuid v7
  v: number
  kind: OpKind
  entity_id: string // the submission, or another entity of a campaign (a jornada for `jornada.reschedule`)
  payload: unknown
  captured_at: string // by the server's clock as the phone knew it, unproven
  secret?: string // proof of authorship; absent in staff ops
  expected_version?: number
}

/** The present row of the op's entity, as the caller may see it: as author, as staff, or as its kind declares. */
export type VerdictRow = SubmissionRow | StaffItem | RowOf<CampaignKind>

/** The row's version, for the `expected_version` of the next op. */
export const versionOf = (row: VerdictRow): number =>
  'sequence' in row ? (row as { sequence: number }).sequence : row.version // a program without kinds knows no such row

export type Verdict =
  | { op_id: string; status: 'applied'; row: VerdictRow | null; xid: string }
  | { op_id: string; status: 'refused'; code: string; field?: string }
  | { op_id: string; status: 'conflict'; row: VerdictRow; xid: string }
  | { op_id: string; status: 'retry'; after_ms: number; code: string }

export interface ApplyOpsAnswer {
  now: string
  verdicts: Verdict[]
}
