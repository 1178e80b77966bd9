/**
 * The table of words that mean alike in this consultation. A line is a concept: its words stand for one another. Lines under
 * `# <field>` also belong to that field, which says only what a text is about; `# -` begins lines without one. Words are
 * written without accents, and one may stand in several lines.
 */
import { stemOf } from './stems'
import { ACTS } from './synonyms/acts'
import { COMMON } from './synonyms/common'
import { LIFE } from './synonyms/life'
import { PLACES } from './synonyms/places'
import { STATE } from './synonyms/state'
import { THINGS } from './synonyms/things'
import { VERBS } from './synonyms/verbs'
import WORDNET from './synonyms/wordnet.json'

/** What a stem may mean: numbers of concepts and of fields, and how sure that is. */
export interface Meaning {
  concepts: number[]
  fields: number[]
  share: number
}

/** A word that is only kin of a concept's words says less than they do. */
const KIN = 0.7

const addTo = (list: number[], number: number) => void (list.includes(number) || list.push(number))

const meanings = new Map<string, Meaning>()
let isRead = false

function learn(word: string, concept: number, field: number): void {
  const stem = stemOf(word)
  const meaning = meanings.get(stem) ?? { concepts: [], fields: [], share: 1 }
  addTo(meaning.concepts, concept)
  if (field >= 0) addTo(meaning.fields, field)
  meanings.set(stem, meaning)
}

const nameOf = (line: string) => line.split(' ', 2).join(' ')

/** Reads the words of WordNet: each only where no line has its stem. */
function* kinSteps(lines: readonly string[]): Generator<undefined> {
  const numbers = new Map(lines.map((line, number) => [nameOf(line), number] as const).reverse())
  const kin = new Map<string, number[]>()
  let count = 0
  for (const [name, words] of Object.entries(WORDNET)) {
    if (++count % 20 === 0) yield
    for (const stem of words.split(' ').map(stemOf))
      if (!meanings.has(stem)) kin.set(stem, [...(kin.get(stem) ?? []), numbers.get(name)!])
  }
  for (const [stem, concepts] of kin) meanings.set(stem, { concepts, fields: [], share: KIN })
}

/** Reads the table in small steps, once. Concepts and fields are numbered by their lines. */
export function* tableSteps(): Generator<undefined> {
  if (isRead) return
  const lines = [ACTS, STATE, PLACES, LIFE, COMMON, VERBS, THINGS]
    .flatMap((table) => table.split('\n'))
    .filter(Boolean)
  let field = -1
  for (const [number, line] of lines.entries()) {
    if (number % 20 === 0) yield
    if (line.startsWith('#')) field = line === '# -' ? -1 : number
    else for (const word of line.split(' ')) learn(word, number, field)
  }
  yield* kinSteps(lines)
  isRead = true
}

/** What a stem may mean; undefined for one that is not in the table. */
export function meaningOf(stem: string): Meaning | undefined {
  if (!isRead) for (const step of tableSteps()) void step
  return meanings.get(stem)
}
