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

export interface PullAnswer {
  now: string
  epoch: string
  /** Seconds since the oldest change that an open writer still hides from everybody. */
  watermark_age: number
  pulls: PullResult[]
}
