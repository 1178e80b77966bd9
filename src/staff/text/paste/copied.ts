/** Blocks out of what a person copied from Word, Google Docs, LibreOffice, a page or a text in Markdown. */
import { type Block, blocksOf } from './blocks'
import { htmlOfMarkdown, looksMarkdown } from './markdown'

/** What a clipboard holds: HTML, plain text or both. */
export interface Copied {
  html: string
  text: string
}

export async function blocksFrom({ html, text }: Copied): Promise<Block[]> {
  const isMarkdown = !html.trim() || (looksMarkdown(text) && !/<h[1-6]\b/iu.test(html))
  return blocksOf(isMarkdown ? await htmlOfMarkdown(text) : html)
}
