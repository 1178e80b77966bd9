/** The words that differ between two texts. */
import { diffWordsWithSpace } from 'diff'
import { plainOf } from '@/domain/formattedText'

/** A run of words that both texts have, or only one. */
export interface Run {
  text: string
  only: 'before' | 'after' | null
}

export const runsOf = (before: string, after: string): Run[] =>
  diffWordsWithSpace(plainOf(before), plainOf(after)).map(({ value, added, removed }) => ({
    text: value,
    only: added ? 'after' : removed ? 'before' : null,
  }))
