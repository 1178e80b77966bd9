/** What a block of a pasted document is: a topic, an action or a paragraph. */
import type { Block } from '@/staff/text/paste/blocks'

export interface Piece {
  kind: 'topic' | 'action' | 'paragraph'
  /** Of a topic or an action; '' for a paragraph. */
  title: string
  /** The number that the document itself gives to an action; '' where it gives none. */
  number: string
  body: string
}

/** The longest title of a topic or an action in the database. */
const TITLE_LENGTH = 160

const TOPIC =
  /^(?:eje|tema|cap[ií]tulo|secci[oó]n|objetivo|apartado|l[ií]nea|pilar|t[ií]tulo)\b[^.:]{0,20}?\s(?:\d+|[ivxlc]+)\b/iu
const ACTION = /^acci[oó]n\s+(?:n[uú]m(?:ero|\.)\s*)?(\d+(?:\.\d+)*)\s*[.:)–—-]*\s*/iu
const CODE = /^A[ -]?(\d+)\s*[.:)–—-]*\s+/u
const DOTTED = /^(\d+(?:\.\d+)+)[.)]?[-:–—]?\s+/u
const SINGLE = /^\d+\s*[.)–—-]+\s+/u

const isTitle = (text: string) => [...text].length <= TITLE_LENGTH
const trimTitle = (text: string) => text.trim().replace(/[\s.:–—-]+$/u, '')

/** The mark at the beginning of an action and the number that it gives; undefined where there is none. */
function markOf(text: string): { length: number; number: string } | undefined {
  const counted = ACTION.exec(text) ?? CODE.exec(text)
  if (counted) {
    const number = counted[1]!
    return { length: counted[0].length, number: number.includes('.') ? number : `A${Number(number)}` }
  }
  const dotted = DOTTED.exec(text)
  return dotted ? { length: dotted[0].length, number: dotted[1]! } : undefined
}

const topic = (text: string): Piece => ({ kind: 'topic', title: trimTitle(text), number: '', body: '' })
const paragraph = (body: string): Piece => ({ kind: 'paragraph', title: '', number: '', body })

function action(head: string, body = ''): Piece {
  const mark = markOf(head)
  const title = trimTitle(head.slice(mark?.length ?? SINGLE.exec(head)?.[0].length ?? 0))
  return { kind: 'action', title, number: mark?.number ?? '', body: body.replace(/^[\s.:–—-]+/u, '') }
}

interface Style {
  /** Actions are numbered 1.1, so that 1 is a topic. */
  isDotted: boolean
  hasHeadings: boolean
  hasMarks: boolean
}

const isAllBold = ({ text, bold }: Block) => bold === text.length
const isHeading = (block: Block) => block.level !== null || (isAllBold(block) && isTitle(block.text))

/** A mark of a list numbers a heading or an action; before a paragraph it says nothing. */
function withMark(block: Block): Block {
  const { mark, text, bold, level } = block
  const isNumbering = level !== null || isAllBold(block) || DOTTED.test(`${mark} `) || ACTION.test(mark)
  if (!mark || !isNumbering) return block
  return { ...block, text: `${mark} ${text}`, bold: bold && bold + mark.length + 1 }
}

/** A block that is a heading by its style or all bold. */
function pieceOfHeading({ level, text }: Block, style: Style): Piece {
  if (markOf(text)) return action(text)
  if (TOPIC.test(text)) return topic(text)
  if (SINGLE.test(text)) return style.isDotted ? topic(text) : action(text)
  if (level !== null) return topic(text)
  return style.hasHeadings || !style.hasMarks ? action(text) : topic(text)
}

/** «Lenguaje claro. Se reescribirán…» with its beginning in bold is an action; a word stressed in a sentence is not. */
function pieceOfText({ text, bold }: Block): Piece {
  const head = text.slice(0, bold)
  const isLead = /[.:–—]$/u.test(head) || /^\s*[.:–—]/u.test(text.slice(bold)) || !!markOf(head)
  if (bold > 0 && isLead && isTitle(head) && !/^\d+[.)]?$/u.test(head)) return action(head, text.slice(bold))
  const isSentence = /[.;,]$|[.!?]\s+\p{Lu}/u.test(
    text
      .replace(TOPIC, '')
      .slice(markOf(text)?.length ?? 0)
      .replace(/^[.:]/u, ''),
  )
  if (isTitle(text) && !isSentence) {
    if (markOf(text)) return action(text)
    if (TOPIC.test(text)) return topic(text)
  }
  return paragraph(text)
}

/** In a document without marks or bold words its deepest headings are the actions, if it has headings of two levels. */
function actionsOfDeepest(blocks: readonly Block[], pieces: readonly Piece[]): Piece[] {
  const levels = blocks.flatMap(({ level }) => level ?? [])
  const deepest = Math.max(...levels)
  if (pieces.some(({ kind }) => kind === 'action') || new Set(levels).size < 2) return [...pieces]
  return pieces.map((piece, at) => (blocks[at]!.level === deepest ? action(blocks[at]!.text) : piece))
}

/** Each block as what it is, in the same order. A heading too long for a title is a paragraph. */
export function piecesOf(plain: readonly Block[]): Piece[] {
  const blocks = plain.map(withMark)
  const headings = blocks.filter(isHeading)
  const style: Style = {
    isDotted: blocks.some(({ text }) => isTitle(text) && DOTTED.test(text)),
    hasHeadings: headings.some(({ level }) => level !== null),
    hasMarks: headings.some(({ text }) => !!markOf(text) || SINGLE.test(text)),
  }
  const pieces = blocks.map((block) =>
    isHeading(block) && isTitle(block.text) ? pieceOfHeading(block, style) : pieceOfText(block),
  )
  return actionsOfDeepest(blocks, pieces)
}
