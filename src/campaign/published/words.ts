interface StateWords {
  title: string
  text: string
}

/** A kind's texts for its page of published submissions. */
export interface PublishedWords {
  title: string
  /** A note above the cards. */
  hint?: string
  more: string
  moreFailed: string
  empty: StateWords
  offline: StateWords
  failed: StateWords
}
