/** What an editor does to the rows of a strategy. Each function gives new rows, or null where nothing can be done. */
import { joinTexts, splitText } from './partText'
import { newPart, type Row, type StrategyPart } from './strategy'

const isTopic = (row: Row | undefined) => !!row && 'topic' in row
const isAction = (row: Row | undefined) => !!row && 'part' in row && row.part.kind === 'action'
const isParagraph = (row: Row | undefined) => !!row && 'part' in row && row.part.kind === 'paragraph'

const placeIn = (rows: readonly Row[], id: string) => rows.findIndex((row) => row.id === id)

/** The last row above `at` that fits; -1 where none does. */
function lastAbove(rows: readonly Row[], at: number, fits: (row: Row) => boolean): number {
  let place = at - 1
  while (place >= 0 && !fits(rows[place]!)) place -= 1
  return place
}

/** How many rows move together: a topic with its parts, an action with the paragraphs under it. */
export function spanAt(rows: readonly Row[], at: number): number {
  if (isParagraph(rows[at])) return 1
  const goesOn = isTopic(rows[at]) ? (row: Row) => !isTopic(row) : isParagraph
  let end = at + 1
  while (end < rows.length && goesOn(rows[end]!)) end += 1
  return end - at
}

/** Where the block at `at` lands when it goes one place up; null at the top. */
function placeAbove(rows: readonly Row[], at: number): number | null {
  if (isTopic(rows[at])) {
    const above = lastAbove(rows, at, isTopic)
    return above < 0 ? null : above
  }
  if (at === 1) return null // the first topic stays above every part
  if (isAction(rows[at]) && isParagraph(rows[at - 1])) {
    const head = lastAbove(rows, at, (row) => !isParagraph(row))
    if (isAction(rows[head])) return head
  }
  return at - 1
}

/** Where the block at `at` lands when it goes one place down, counted before it is taken out; null at the bottom. */
function placeBelow(rows: readonly Row[], at: number): number | null {
  const next = at + spanAt(rows, at)
  if (next >= rows.length) return null
  if (isTopic(rows[at]) || (isAction(rows[at]) && isAction(rows[next]))) return next + spanAt(rows, next)
  return next + 1
}

function put(rows: readonly Row[], at: number, count: number, to: number): Row[] {
  const others = [...rows.slice(0, at), ...rows.slice(at + count)]
  const place = to > at ? to - count : to
  return [...others.slice(0, place), ...rows.slice(at, at + count), ...others.slice(place)]
}

/** One place up or down: a paragraph over a row, an action over an action, a topic over a topic. */
export function move(rows: readonly Row[], id: string, step: -1 | 1): Row[] | null {
  const at = placeIn(rows, id)
  const to = step < 0 ? placeAbove(rows, at) : placeBelow(rows, at)
  return to === null ? null : put(rows, at, spanAt(rows, at), to)
}

/** Before another row, or at the end where `before` is null. A topic goes between topics, a part never above the first. */
export function moveBefore(rows: readonly Row[], id: string, before: string | null): Row[] | null {
  const at = placeIn(rows, id)
  const count = spanAt(rows, at)
  let to = before === null ? rows.length : placeIn(rows, before)
  if (isTopic(rows[at])) while (to < rows.length && !isTopic(rows[to])) to += 1
  else to = Math.max(to, 1)
  return to >= at && to <= at + count ? null : put(rows, at, count, to)
}

const withPart = (rows: readonly Row[], at: number, change: Partial<StrategyPart>): Row[] =>
  rows.map((row, place) =>
    place === at && 'part' in row ? { id: row.id, part: { ...row.part, ...change } } : row,
  )

export interface Added {
  rows: Row[]
  /** The id of the new row. */
  id: string
}

/** A new row under another one; at the end where there is none. */
export function addBelow(rows: readonly Row[], row: Row, below: string | null): Added {
  const at = below === null ? rows.length : placeIn(rows, below) + 1
  return { rows: [...rows.slice(0, at), row, ...rows.slice(at)], id: row.id }
}

/** A new action after the action, paragraph or topic at hand and what belongs to it. */
export function addAction(rows: readonly Row[], near: string | null): Added {
  const row = newPart({ kind: 'action' })
  const at = near === null ? -1 : placeIn(rows, near)
  if (at < 0) return addBelow(rows, row, null)
  let end = at + 1
  while (isParagraph(rows[end])) end += 1
  return addBelow(rows, row, rows[end - 1]!.id)
}

/** Cuts the text of a part at an offset (see `splitText`); what follows becomes a paragraph under it. */
export function split(rows: readonly Row[], id: string, offset: number): Added | null {
  const at = placeIn(rows, id)
  const row = rows[at]
  if (!row || 'topic' in row) return null
  const [head, rest] = splitText(row.part.body, offset)
  const next = newPart({ kind: 'paragraph', body: rest })
  return addBelow(withPart(rows, at, { body: head }), next, id)
}

/** The paragraph that `join` would take in; undefined where an action, a topic or nothing follows. */
export function nextParagraph(rows: readonly Row[], id: string): StrategyPart | undefined {
  const at = placeIn(rows, id)
  const next = rows[at + 1]
  return next && !isTopic(rows[at]) && 'part' in next && isParagraph(next) ? next.part : undefined
}

export interface Joined {
  rows: Row[]
  /** The UTF-16 offset in the text at which the second text begins. */
  offset: number
}

/** Adds the text of the next paragraph to this one. The number and id of the first stay; those of the second go. */
export function join(rows: readonly Row[], id: string): Joined | null {
  const at = placeIn(rows, id)
  const row = rows[at]
  const next = nextParagraph(rows, id)
  if (!next || !row || 'topic' in row) return null
  const head = row.part.body.trimEnd()
  const body = joinTexts(row.part.body, next.body)
  const offset = head ? head.length + 1 : 0
  return { rows: withPart(rows, at, { body }).filter((one) => one.id !== next.id), offset }
}

export interface Removed {
  rows: Row[]
  removed: Row[]
  /** Puts what was removed back into other rows, where it was or, where that is gone, at the end. */
  restore(rows: readonly Row[]): Row[]
}

/** A topic goes with its parts; a part goes alone. */
export function remove(rows: readonly Row[], id: string): Removed {
  const at = placeIn(rows, id)
  const count = isTopic(rows[at]) ? spanAt(rows, at) : 1
  const removed = rows.slice(at, at + count)
  const above = rows[at - 1]?.id
  return {
    rows: [...rows.slice(0, at), ...rows.slice(at + count)],
    removed,
    restore(later) {
      const place = above === undefined ? 0 : placeIn(later, above) + 1
      const to = above !== undefined && place === 0 ? later.length : place
      return [...later.slice(0, to), ...removed, ...later.slice(to)]
    },
  }
}
