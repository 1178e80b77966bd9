/** The wire of `pull_changes`: a call has many scopes, and its answer a result for each. */

/** A position in the server's log: `<xid>.<seq>`, or `<xid>.<seq>@<entity>/<id>` within a first read. */
export type Cursor = string

export type PullRequest =
  | { scope: 'public'; cursor: Cursor | null }
  | { scope: 'mine'; id: string; secret: string; cursor: Cursor | null }

export type Change =
  { entity: string; id: string; op: 'put'; row: unknown } | { entity: string; id: string; op: 'remove' }

export interface PullResult {
  scope: 'public' | 'mine'
  id?: string
  /** `denied`: unknown id or wrong secret, which the answer does not distinguish. */
  status: 'ok' | 'denied'
  /** First page of a first read: the base's scope is emptied before these changes are written. */
  reset: boolean
  more: boolean
  cursor: Cursor
  changes: Change[]
}

/** Asks for the queue of one campaign: its 500 oldest open submissions, entity `submission`. */
export interface StaffPullRequest {
  scope: 'staff'
  id: string
  cursor: Cursor | null
}

export interface StaffPullResult extends Omit<PullResult, 'scope'> {
  scope: 'staff'
  id: string
  /** The queue has more open submissions than these. */
  partial: boolean
  /** How many submissions the next pages bring; absent from servers that do not count them. */
  left?: number
}

export interface PullAnswer<Result = PullResult> {
  now: string
  epoch: string
  /** Seconds since the oldest change that an open transaction hides. */
  watermark_age: number
  pulls: Result[]
}
