import { canon } from '@/domain/text'

/** Trimmed code points, like `char_length(btrim(…))` in the database. */
export const countOf = (text: string): number => [...canon(text).trim()].length
