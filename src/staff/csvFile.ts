/** A list of many pages as one CSV file, and what is said while it is made. */
import { ref } from 'vue'
import { csvOf } from '../../supabase/functions/_shared/files/safeCsv'
import { offerCsv } from './csv'

/** The most lines of a file: about 1 MB. */
const FILE_MAX = 10_000

export interface FileWords {
  busy: string
  failed: string
  /** `count` is the number of lines in a file that lacks the others. */
  cut: (count: number) => string
}

export interface Table<Line> {
  name: string
  head: readonly string[]
  /** The page after this place; the first one after null. */
  read: (place: string | null) => Promise<{ items: readonly Line[]; next: string | null }>
  /** The rows that a line makes. */
  rowsOf: (line: Line) => readonly (readonly string[])[]
}

async function linesOf<Line>({ read }: Table<Line>) {
  const lines: Line[] = []
  let place: string | null = null
  do {
    const page = await read(place)
    lines.push(...page.items)
    place = page.next
  } while (place && lines.length < FILE_MAX)
  return { lines, isCut: place !== null }
}

/** `download` never rejects: a page that does not come is said. */
export function useCsvFile(words: FileWords) {
  const said = ref('')
  const isExporting = ref(false)

  async function download<Line>(table: Table<Line>): Promise<void> {
    isExporting.value = true
    said.value = words.busy
    try {
      const { lines, isCut } = await linesOf(table)
      offerCsv(table.name, csvOf([table.head, ...lines.flatMap(table.rowsOf)]))
      said.value = isCut ? words.cut(lines.length) : ''
    } catch {
      said.value = words.failed
    } finally {
      isExporting.value = false
    }
  }
  return { said, isExporting, download }
}
