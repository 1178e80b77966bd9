/** The registry of sujetos obligados as a CSV file with the columns `nombre,siglas,clase,municipio,activo`. */
import { type CsvProblem, folded, readCsv } from './csv'

/** A body as the database takes it. */
export interface BodyRow {
  name: string
  acronym: string | null
  class_key: string
  municipality: string | null
  active: boolean
}

/** What rows refer to, by key or by name. Case and accents of a name do not matter. */
export interface RegistryReferences {
  classes: { key: string; name: string }[]
  municipalities: { cve: string; name: string }[]
}

const COLUMNS = ['nombre', 'siglas', 'clase', 'municipio', 'activo']
const MUNICIPAL = ['ayuntamiento', 'opdapas', 'dif_municipal']

/**
 * Reads a whole registry. Answers every row, or every problem in Spanish with its line; never both, because a
 * file with one bad row is not imported.
 */
export function readRegistry(
  file: Uint8Array,
  references: RegistryReferences,
): { rows: BodyRow[]; problems: string[] } {
  const { rows: lines, problems: unread } = readCsv(file, COLUMNS)
  const read = lines.map(({ line, fields }) => ({ line, ...readRow(fields, references) }))
  const bad = read.flatMap(({ line, problem }) => (problem ? [{ line, words: problem }] : []))
  const good = read.flatMap(({ line, row }) => (row ? [{ line, row }] : []))
  const problems = [...unread, ...bad, ...repeated(good)]
    .sort((a, b) => a.line - b.line)
    .map(({ line, words }) => `Línea ${line}: ${words}`)
  if (problems.length === 0 && lines.length === 0) problems.push('El archivo no tiene instituciones.')
  return { rows: problems.length > 0 ? [] : good.map(({ row }) => row), problems }
}

type Read = { row: BodyRow; problem?: never } | { row?: never; problem: string }

function readRow(fields: string[], { classes, municipalities }: RegistryReferences): Read {
  const [name = '', acronym = '', className = '', place = '', active = ''] = fields
  if (fields.length !== COLUMNS.length)
    return { problem: `tiene ${fields.length} columnas y deben ser ${COLUMNS.length}.` }
  if (name === '') return { problem: 'falta el nombre.' }
  if ([...name].length > 200) return { problem: 'el nombre pasa de 200 caracteres.' }
  if ([...acronym].length > 20) return { problem: `las siglas «${acronym}» pasan de 20 caracteres.` }
  const found = classes.find((one) => [one.key, folded(one.name)].includes(folded(className)))
  if (!found) return { problem: `la clase «${className}» no existe.` }
  const town = municipalities.find((one) => [one.cve, folded(one.name)].includes(folded(place)))
  if (place !== '' && !town) return { problem: `el municipio «${place}» no existe.` }
  if (!town && MUNICIPAL.includes(found.key)) return { problem: `falta el municipio de «${name}».` }
  if (!['', 'si', 'no'].includes(folded(active)))
    return { problem: `la columna activo dice «${active}» y debe decir sí o no.` }
  return {
    row: {
      name,
      acronym: acronym || null,
      class_key: found.key,
      municipality: town?.cve ?? null,
      active: folded(active) !== 'no',
    },
  }
}

/** A name and class that stand twice: they identify a body, so the second row would overwrite the first. */
function repeated(read: { line: number; row: BodyRow }[]): CsvProblem[] {
  const first = new Map<string, number>()
  return read.flatMap(({ line, row }) => {
    const key = `${row.class_key}/${row.name}`
    const before = first.get(key)
    if (before === undefined) first.set(key, line)
    return before === undefined ? [] : [{ line, words: `«${row.name}» ya está en la línea ${before}.` }]
  })
}
