/** A strategy out of what a person copied from Word, Google Docs, LibreOffice, a page or a text in Markdown. */
import { blocksFrom, type Copied } from '@/staff/text/paste/copied'
import { newPart, newTopic, strategyOf, type Row, type Strategy, type StrategyPart } from '../strategy'
import { type Piece, piecesOf } from './headings'

const ANSWERS = /^(?:responde|(?:[aá]rea\s+|persona\s+)?responsable|a cargo de)\s*:\s*(.{1,120}?)[.\s]*$/iu

/** The rows that the pieces say. The words under an action's title are its text; what follows are paragraphs. */
function rowsFrom(pieces: readonly Piece[], untitled: string): Row[] {
  const rows: Row[] = []
  const numbers = new Set<string>()
  let action: StrategyPart | null = null
  for (const { kind, title, number, body } of pieces) {
    const area = kind === 'paragraph' ? ANSWERS.exec(body)?.[1] : undefined
    if (kind === 'topic') action = null
    if (kind === 'topic') rows.push(newTopic(title))
    else if (rows.length === 0) rows.push(newTopic(untitled))
    if (kind === 'topic') continue
    if (area && action) action.answered_by ??= area
    else if (kind === 'paragraph' && action && !action.body) action.body = body
    else {
      const row = newPart({ kind, title, body, number: numbers.has(number) ? '' : number })
      numbers.add(number)
      rows.push(row)
      if (kind === 'action') action = row.part
    }
  }
  return rows
}

/** A heading that nothing follows before the next one, such as the title of the document, is no topic. */
const withoutEmptyTopics = (rows: readonly Row[]): Row[] =>
  rows.filter((row, at) => {
    const next = rows[at + 1]
    return 'part' in row || (!!next && 'part' in next)
  })

/**
 * Topics, actions and paragraphs with new ids and clean text. Headings become topics; numbered headings and those that
 * bold words make become actions; the rest paragraphs. `untitled`: the topic of what stands before the first heading.
 * Paragraphs have no number yet, and an action only the one that the document gives it (`renumber` gives the others).
 */
export async function strategyFrom(copied: Copied, untitled: string): Promise<Strategy> {
  return strategyOf(withoutEmptyTopics(rowsFrom(piecesOf(await blocksFrom(copied)), untitled)))
}
