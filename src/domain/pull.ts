/** The wire of `pull_changes`: one call for all scopes, a verdict a scope. */

/** Opaque to the phone but for its order: `<xid>.<seq>`, or `<xid>.<seq>@<entity>/<id>` inside a first read. */
export type Cursor = string

export type PullRequest =
  | { scope: 'public'; cursor: Cursor | null }
  | { scope: 'mine'; id: string; secret: string; cursor: Cursor | null }

export type Change =
  { entity: string; id: string; op: 'put'; row: unknown } | { entity: string; id: string; op: 'remove' }

export interface PullResult {
  scope: 'public' | 'mine'
  id?: string
  /** `denied`: unknown id or wrong secret, told apart by nobody. */
  status: 'ok' | 'denied'
  /** The base of this scope is to be emptied before these changes: first page of a first read. */
  reset: boolean
  more: boolean
  cursor: Cursor
  changes: Change[]
}

/** The queue of one campaign, for who may read it: its open submissions, the oldest 500, entity `submission`. */
export interface StaffPullRequest {
  scope: 'staff'
  id: string
  cursor: Cursor | null
}

export interface StaffPullResult extends Omit<PullResult, 'scope'> {
  scope: 'staff'
  id: string
  /** There are more open ones than these. */
  partial: boolean
}

export interface PullAnswer<Result = PullResult> {
  now: string
  epoch: string
  /** Seconds since the oldest change that an open writer still hides from everybody. */
  watermark_age: number
  pulls: Result[]
}
