/** What became of the actions of a renewed strategy, as the server answers it (docs/decisions/0096). */

export const FOLLOWUP_STATES = ['planned', 'under_way', 'done', 'dropped'] as const
export type FollowupState = (typeof FOLLOWUP_STATES)[number]

interface FollowupWords {
  id: string
  number: string
  state: FollowupState
  words: string
  area: string
  on_day: string
}

/** A state as everybody reads it. */
export interface Followup extends FollowupWords {
  part_id: string
  title: string
  link: string | null
  at: string
}

/** An action as staff see it; its states, the newest first, with how many authors say that it was done, or not yet. */
export interface FollowedPart {
  part_id: string
  number: string
  title: string
  states: (Followup & { by: string | null; yes: number; not_yet: number })[]
}

/** The newest state of an action that the author of a proposal was told, in the content of the folio. */
export interface ToldFollowup extends FollowupWords {
  title?: string
  link?: string
  /** Their answer to «¿Se hizo?». */
  done?: boolean
}
