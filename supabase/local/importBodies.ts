/** Imports a registry of sujetos obligados into a database: all of it or nothing, as the staff's screens do. */
import type pg from 'pg'
import type { BodyInput, BodyVerdict, ImportCounts, ImportPreview } from '@/domain/registry'
import { matchColumns, REQUIRED, toInputs } from '@/staff/registry/reader/columns'
import { readTable } from '@/staff/registry/reader/readTable'
import { UnreadableFile } from '@/staff/registry/reader/table'
import { FIELD_WORDS, problemText } from '@/staff/registry/words'

/** The file has bad rows. `problems` says each in Spanish, with its line; nothing was written. */
export class BadRegistry extends Error {
  constructor(readonly problems: string[]) {
    super(`No se importó nada. Corrija el archivo:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

/** Reads the rows. Throws BadRegistry for the file, its columns, or rows that cannot be read. */
async function readRows(file: Uint8Array): Promise<BodyInput[]> {
  const table = await readTable(file).catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw new BadRegistry([problemText(error.code)])
    throw error
  })
  const match = matchColumns(table.header)
  const missing = REQUIRED.filter((field) => match[field] === null)
  if (missing.length > 0)
    throw new BadRegistry(missing.map((field) => problemText('column_missing', FIELD_WORDS[field])))
  if (table.problems.length > 0)
    throw new BadRegistry(
      table.problems.map(({ line, code, detail }) => `Línea ${line}: ${problemText(code, detail)}`),
    )
  return toInputs(table, match)
}

const wordsOf = (rows: BodyInput[], verdicts: BodyVerdict[]): string[] =>
  verdicts.flatMap(({ line, status, problems }, index) =>
    problems
      .filter(({ level }) => status === 'wrong' && level === 'wrong')
      .map(({ field, code }) => {
        const value = (rows[index] as unknown as Record<string, string | undefined>)[field]
        return `Línea ${line}, ${FIELD_WORDS[field as keyof typeof FIELD_WORDS]} «${value ?? ''}»: ${problemText(code)}`
      }),
  )

/**
 * Adds new bodies and updates changed ones, by the rules of `preview_bodies`. Importing the same file twice changes
 * nothing. Bodies that the file does not name stay; `activo` = no hides one. Throws BadRegistry.
 */
export async function importBodies(client: pg.ClientBase, file: Uint8Array): Promise<ImportCounts> {
  const rows = await readRows(file)
  const args = [JSON.stringify(rows)]
  if (rows.length === 0) throw new BadRegistry([problemText('registry_empty')])
  const { rows: previews } = await client.query<{ preview: ImportPreview }>(
    'select app.preview_rows($1) as preview',
    args,
  )
  const { rows: verdicts } = previews[0]!.preview
  const problems = wordsOf(rows, verdicts)
  if (problems.length > 0) throw new BadRegistry(problems)
  const { rows: counts } = await client.query<{ counts: ImportCounts }>(
    'select app.import_rows($1, null, false) as counts',
    args,
  )
  return counts[0]!.counts
}
