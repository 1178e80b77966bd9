/**
 * The one shape of each document that the grammar can write: no empty lines, no emphasis on spaces at an edge, no list
 * below the second level.
 */
import type { Line, TextBlock, TextItem, TextList } from '@/domain/formattedText'
import { FORMATTED } from '@/domain/formattedText'
import { isSafeLink, joinRuns, type Run } from '@/domain/formattedRuns'

/** Breaks that are no line of ours, and the mark of a formatted text. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]/gu

/** Words and the spaces between them as runs of their own. */
const partSpaces = (run: Run): Run[] => (run.text.match(/\s+|\S+/gu) ?? []).map((text) => ({ ...run, text }))

const isSpace = ({ text }: Run) => !text.trim()

/** Spaces have what the words on both sides have. The words at the edge of a link are those within it. */
function settleSpaces<K extends 'bold' | 'italic' | 'href'>(
  runs: readonly Run[],
  key: K,
  none: Run[K],
): Run[] {
  return runs.map((run, at) => {
    if (!isSpace(run)) return run
    const [before, after] = [runs[at - 1], runs[at + 1]]
    const isInside = before?.[key] === after?.[key] && before?.href === after?.href
    return { ...run, [key]: isInside && before ? before[key] : none }
  })
}

/** The line as it reads after writing it; empty when it has no words. */
export function normalLine(line: Line): Line {
  const clean = line.map((run) => ({
    ...run,
    text: run.text.replaceAll(FORMATTED, '').replace(BREAKS, ' '),
    href: run.href !== null && isSafeLink(run.href) ? run.href : null,
  }))
  const parts = joinRuns(clean).flatMap(partSpaces)
  // spaces in two neighbouring runs are one: they have the marks of neither alone
  const spaced = parts.reduce<Run[]>((all, run) => {
    const last = all.at(-1)
    if (last && isSpace(last) && isSpace(run)) all[all.length - 1] = { ...last, text: last.text + run.text }
    else all.push(run)
    return all
  }, [])
  const [from, to] = [spaced.findIndex((run) => !isSpace(run)), spaced.findLastIndex((run) => !isSpace(run))]
  if (from < 0) return []
  const linked = settleSpaces(spaced.slice(from, to + 1), 'href', null)
  return joinRuns(settleSpaces(settleSpaces(linked, 'bold', false), 'italic', false))
}

/** Lines of words; groups are parted by lines without any. */
function groupsOf(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = [[]]
  for (const line of lines.map(normalLine))
    if (line.length > 0) groups.at(-1)!.push(line)
    else if (groups.at(-1)!.length > 0) groups.push([])
  return groups.filter((group) => group.length > 0)
}

function itemsOf(items: readonly TextItem[], isDeeper: boolean): TextItem[] {
  return items.flatMap(({ lines, list }): TextItem[] => {
    const own = groupsOf(lines).flat()
    const below = list ? itemsOf(list.items, true) : []
    if (own.length === 0) return below
    if (isDeeper) return [{ lines: own, list: null }, ...below]
    return [{ lines: own, list: list && below.length > 0 ? { ...normalShape(list), items: below } : null }]
  })
}

const MOST = 999_999_999

const normalShape = ({ ordered, start }: TextList) => ({
  ordered,
  start: ordered && Number.isInteger(start) && start >= 0 && start <= MOST ? start : 1,
})

function normalOf(block: TextBlock): TextBlock[] {
  if (block.type === 'paragraph') return groupsOf(block.lines).map((lines) => ({ type: 'paragraph', lines }))
  if (block.type === 'heading') {
    const line = normalLine(block.line)
    return line.length > 0 ? [{ ...block, line }] : []
  }
  const items = itemsOf(block.items, false)
  return items.length > 0 ? [{ type: 'list', ...normalShape(block), items }] : []
}

/** The document as it reads after writing it. Two lists of one kind in a row are one. */
export function normalBlocks(blocks: readonly TextBlock[]): TextBlock[] {
  const normal: TextBlock[] = []
  for (const block of blocks.flatMap(normalOf)) {
    const last = normal.at(-1)
    if (block.type === 'list' && last?.type === 'list' && last.ordered === block.ordered)
      normal[normal.length - 1] = { ...last, items: [...last.items, ...block.items] }
    else normal.push(block)
  }
  return normal
}
