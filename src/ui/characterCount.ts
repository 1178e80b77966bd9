/** Trimmed code points, like `char_length(btrim(…))` in the database. */
export const countOf = (text: string): number => [...text.trim()].length
