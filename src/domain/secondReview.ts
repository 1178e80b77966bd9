/** The second review of a rejection. Until it is asked for it has `until`, and then `asked_at`. */
export interface SecondReview {
  until?: string // the end of the time to ask for it
  asked_at?: string
  /** When the answer is due; before it was asked for, the latest that could be. */
  answer_by: string
  answered_at?: string
  outcome?: 'accept' | 'publish' | 'reopen' | 'uphold'
}
