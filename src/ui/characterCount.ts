import { canon } from '@/domain/canon'
import { FORMATTED, isFormatted } from '@/domain/formattedText'

/** Trimmed code points of the text in its only form, as the database counts: the mark of a formatted text counts. */
export const countOf = (text: string): number =>
  [...canon(text).trim()].length + (isFormatted(text) ? FORMATTED.length : 0)
