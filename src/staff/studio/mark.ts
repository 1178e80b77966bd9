/** What the institution must write itself, in a text of a template. The server publishes no text with one (`app.mark_problems`). */
export const mark = (what: string): string => `[completar: ${what}]`
