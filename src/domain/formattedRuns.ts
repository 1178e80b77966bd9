/**
 * One line of a formatted text: words, emphasis and links (docs/formatted-text.md). Every line reads as something: what is
 * not in the grammar is words. It takes time in proportion to its length.
 */

/** Words with the same emphasis and the same link. `href` is always a safe link. */
export interface Run {
  text: string
  bold: boolean
  italic: boolean
  href: string | null
}

/** Where a link may lead: a page, an address of mail or a telephone. `app.formatted_problems` has the same rule. */
const SAFE_LINK =
  /^(?:https?:\/\/[^\s\p{C}()<>[\]\\"@/?#]+(?:[/?#][^\s\p{C}()<>[\]\\"]*)?|mailto:[^\s\p{C}()<>[\]\\"@:/?#]+@[^\s\p{C}()<>[\]\\"@:/?#]+|tel:\+?[\d.-]{3,20})$/iu

/** The longest link, in UTF-16 units. */
export const LINK_LENGTH = 2000

export const isSafeLink = (href: string): boolean => href.length <= LINK_LENGTH && SAFE_LINK.test(href)

/** An escape, asterisks, a link, or words. Every repetition is bounded or ends at the next character of another kind. */
const TOKEN =
  /\\([!-/:-@[-`{-~])|(\*+)|\[((?:\\[!-/:-@[-`{-~]|[^\\[\]]){1,2000})\]\(([^\s()<>[\]\\]{1,2000})\)|[^\\*[]+|[\\[]/gu

interface Piece {
  text: string
  /** How many asterisks; 0 for words. Two are bold, one is italic, three are both. */
  stars: number
  opens: boolean
  closes: boolean
  bold: boolean
  italic: boolean
  link: { runs: Run[]; href: string } | null
}

const SPACE = /\s/u
const isWord = (character: string | undefined) => character !== undefined && !SPACE.test(character)

function pieceOf(match: RegExpMatchArray, source: string): Piece {
  const [token, escaped, stars, label, href] = match
  const [from, to] = [match.index!, match.index! + token.length]
  const isMark = stars !== undefined && stars.length <= 3
  return {
    text: escaped ?? token,
    stars: isMark ? stars.length : 0,
    opens: isWord(source[to]),
    closes: isWord(source[from - 1]),
    bold: false,
    italic: false,
    link: href !== undefined && isSafeLink(href) ? { runs: runsOf(label!), href } : null,
  }
}

const MARKS = [
  { mark: 'bold', stars: 2 },
  { mark: 'italic', stars: 1 },
] as const

/** Marks the asterisks that begin or end an emphasis. The others are words. */
function pairMarks(pieces: readonly Piece[]): void {
  for (const { mark, stars } of MARKS) {
    let opened: Piece | null = null
    for (const piece of pieces) {
      if ((piece.stars & stars) === 0) continue
      if (opened && piece.closes) {
        opened[mark] = true
        piece[mark] = true
        opened = null
      } else if (!opened && piece.opens) opened = piece
    }
  }
}

const isAlike = (one: Run, other: Run) =>
  one.bold === other.bold && one.italic === other.italic && one.href === other.href

/** Runs without empty ones, and neighbours that are alike joined. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last && isAlike(last, run)) joined[joined.length - 1] = { ...last, text: last.text + run.text }
    else if (run.text) joined.push(run)
  }
  return joined
}

/** The words of one line, in order. */
export function runsOf(source: string): Run[] {
  const pieces = Array.from(source.matchAll(TOKEN), (match) => pieceOf(match, source))
  pairMarks(pieces)
  let [bold, italic] = [false, false]
  const runs = pieces.flatMap((piece): Run[] => {
    if (piece.link)
      return piece.link.runs.map((run) => ({
        text: run.text,
        bold: bold || run.bold,
        italic: italic || run.italic,
        href: piece.link!.href,
      }))
    const left = piece.stars - (piece.bold ? 2 : 0) - (piece.italic ? 1 : 0)
    const words = { text: piece.stars ? '*'.repeat(left) : piece.text, bold, italic, href: null }
    bold = bold !== piece.bold
    italic = italic !== piece.italic
    return [words]
  })
  return joinRuns(runs)
}
