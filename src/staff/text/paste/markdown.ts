/** Markdown and plain text as HTML for the same reader. What `marked` writes is parsed inertly and never shown. */

const HEADING_OR_BOLD = /^#{1,6}\s|^\s*(?:\d+[.)]\s+|[-*+]\s+)?\*\*\S/mu

/** Whether a text was written in Markdown. Some editors copy it as HTML that only paints its source. */
export const looksMarkdown = (text: string): boolean => HEADING_OR_BOLD.test(text)

/** Without an empty line between them, the lines of a plain text are its paragraphs, as Word copies them. */
function partLines(text: string): string {
  const lines = text.replace(/\r\n?/gu, '\n').trim()
  return /\n[^\S\n]*\n/u.test(lines) ? lines : lines.replace(/\n/gu, '\n\n')
}

export async function htmlOfMarkdown(text: string): Promise<string> {
  const { marked } = await import('marked') // a chunk of its own: only those who paste text fetch it
  return marked.parse(partLines(text), { async: false, gfm: true })
}
