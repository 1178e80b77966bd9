/** What staff read of the bodies that have not registered, and of the letters to their liaisons. */

/** `waits`: invited less than three days ago. `stopped`: letters do not go to that address. `done`: also reminded. */
export type LiaisonState = 'invite' | 'remind' | 'waits' | 'done' | 'no_address' | 'stopped'

export interface LiaisonGroup {
  id: string
  name: string
  /** Bodies that may register. */
  bodies: number
  /** Of those without a registration, how many are in each state. */
  counts: Partial<Record<LiaisonState, number>>
  /** The first 500 of them. */
  missing: { name: string; state: LiaisonState }[]
  letters: Record<'invitation' | 'reminder', { subject: string; body: string }>
}

/** The answer of `liaison_figures`. `can_send`: this member may, and the campaign is open. */
export interface LiaisonFigures {
  title: string
  can_send: boolean
  groups: LiaisonGroup[]
}
