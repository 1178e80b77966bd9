/** The numbers by which people cite the parts of a strategy: A1, A2… for actions; 1, 2… for paragraphs. */
import type { Row, StrategyPart } from './strategy'

const PREFIX = { action: 'A', paragraph: '' } as const
const PROPOSED = { action: /^(?:A\d+)?$/u, paragraph: /^\d*$/u } as const

const isProposed = ({ kind, number }: StrategyPart) => PROPOSED[kind].test(number.trim())
const digitsOf = ({ number }: StrategyPart) => Number(number.replace(/\D/gu, ''))

function highestOf(parts: readonly StrategyPart[], kind: StrategyPart['kind']): number {
  const proposed = parts.filter((part) => part.kind === kind && isProposed(part))
  return Math.max(0, ...proposed.map(digitsOf))
}

/** In a draft: every proposed number follows the order of the document. A number of another form stays. */
function numbersOfDraft(parts: readonly StrategyPart[]): string[] {
  const taken = new Set(parts.filter((part) => !isProposed(part)).map(({ number }) => number.trim()))
  const last = { action: 0, paragraph: 0 }
  const next = (kind: StrategyPart['kind']): string => {
    const number = `${PREFIX[kind]}${String((last[kind] += 1))}`
    return taken.has(number) ? next(kind) : number
  }
  return parts.map((part) => (isProposed(part) ? next(part.kind) : part.number))
}

/** After publication: a new part takes the number after the highest; nothing else changes. */
function numbersAfter(parts: readonly StrategyPart[], known: readonly StrategyPart[]): string[] {
  const all = [...parts, ...known]
  const next = { action: highestOf(all, 'action'), paragraph: highestOf(all, 'paragraph') }
  return parts.map(({ kind, number }) => number.trim() || `${PREFIX[kind]}${String((next[kind] += 1))}`)
}

/**
 * Gives every row its number. `published`: the parts as they are public; null for a draft. People cite a public part by
 * its number, so after publication no number changes.
 */
export function renumber(rows: readonly Row[], published: readonly StrategyPart[] | null): Row[] {
  const parts = rows.flatMap((row) => ('part' in row ? [row.part] : []))
  const numbers = published ? numbersAfter(parts, published) : numbersOfDraft(parts)
  let at = 0
  return rows.map((row) => {
    if ('topic' in row) return row
    const number = numbers[at++]!
    return number === row.part.number ? row : { id: row.id, part: { ...row.part, number } }
  })
}
