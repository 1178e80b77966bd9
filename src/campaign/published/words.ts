interface Words {
  title: string
  text: string
}

/** What a kind says on its page of what was published. */
export interface PublishedWords {
  title: string
  /** Above the cards, where there is something to know before them. */
  hint?: string
  more: string
  moreFailed: string
  empty: Words
  offline: Words
  failed: Words
}
