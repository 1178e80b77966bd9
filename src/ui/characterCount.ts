import { canon } from '@/domain/canon'

/** Trimmed code points of the text in its only form, as the database counts. */
export const countOf = (text: string): number => [...canon(text).trim()].length
