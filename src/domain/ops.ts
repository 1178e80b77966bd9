/** The wire of `apply_ops`: what a phone sends and the only four things it can hear back. */

import { kindNamed, kindOfOp, type CampaignKind, type OpOf, type RowOf } from './kinds'
import type { SubmissionRow } from './rows'
import type { StaffItem } from './staffRows'

/** What an op means to the code that saves, sends and shows it, whatever its kind of campaign. */
export interface OpTraits {
  /** The server hears of the entity by it for the first time. */
  submits?: true
  /** Carries the change that staff asked its author for. */
  corrects?: true
  /** Says that the server has every byte of a file: carries `media_id`, and no words of a person. */
  attaches?: true
  /** Takes the submission back, and its file off the phone. */
  withdraws?: true
  /** Holds a lock while it is applied, for which every other op of the same call would wait. */
  locks?: true
  /**
   * An op of staff that nobody could ask again after the server's database was restored from a backup: what stays of
   * its payload on the phone until then.
   */
  kept?(payload: object): object
}

/** Ops that every kind of campaign has. */
const SHARED_OPS = {
  'submission.withdraw': { withdraws: true },
  'submission.undo_withdraw': {},
  'review.decide': {},
  'review.undo': {},
} as const satisfies Record<string, OpTraits>

export type OpKind = keyof typeof SHARED_OPS | OpOf<CampaignKind>

const isShared = (kind: string): kind is keyof typeof SHARED_OPS => Object.hasOwn(SHARED_OPS, kind)

const knownTraits = (kind: string): OpTraits | undefined =>
  isShared(kind) ? SHARED_OPS[kind] : kindOfOp(kind)?.ops[kind]

/**
 * What an op means. One that this version does not know (an older app on a phone that a newer one wrote to) is
 * taken by its verb, as the wire names ops `<subject>.<verb>`, so that nothing that belongs to it is lost.
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

/** Whether words that a person wrote may be lost with it. */
export function hasWords(kind: string): boolean {
  const { submits, corrects } = opTraits(kind)
  return !!submits || !!corrects || !knownTraits(kind)
}

/** Whether the server hears of the entity by this op for the first time. */
export const isSubmit = ({ kind }: { kind: string }): boolean => !!opTraits(kind).submits

/** Whether this op says that the server has every byte of a file. */
export const isAttach = ({ kind }: { kind: string }): boolean => !!opTraits(kind).attaches

/** The op by which this kind of campaign says so; null where it takes no files, or is not known. */
export function attachOpOf(campaignKind: string): OpKind | null {
  const ops = Object.keys(kindNamed(campaignKind)?.ops ?? {})
  return (ops.find((kind) => isAttach({ kind })) as OpKind | undefined) ?? null
}

/** The format of payloads this version writes; the server upgrades older ones. */
export const OP_VERSION = 1

/** One intention. Immutable once queued: a change is another op. Ops of one `entity_id` apply in order. */
export interface Op {
  op_id: string // uuid v7
  v: number
  kind: OpKind
  entity_id: string // the submission, or the thing of a campaign that the op changes
  payload: unknown
  captured_at: string // the phone's claim
  secret?: string // proof of authorship; absent in staff ops
  expected_version?: number
}

/** What the op was about, as it is now: as its author sees it, as staff see it, or a row that its kind declares. */
export type VerdictRow = SubmissionRow | StaffItem | RowOf<CampaignKind>

/** The version to expect of it in a next op. */
export const versionOf = (row: VerdictRow): number => ('sequence' in row ? row.sequence : row.version)

export type Verdict =
  | { op_id: string; status: 'applied'; row: VerdictRow | null; xid: string }
  | { op_id: string; status: 'refused'; code: string; field?: string }
  | { op_id: string; status: 'conflict'; row: VerdictRow; xid: string }
  | { op_id: string; status: 'retry'; after_ms: number; code: string }

export interface ApplyOpsAnswer {
  now: string
  verdicts: Verdict[]
}
