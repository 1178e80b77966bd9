/**
 * The registry of sujetos obligados as a CSV file: columns `nombre,siglas,clase,municipio,activo`, commas,
 * UTF-8, quotes where a field holds commas. Lines that begin with `#` are remarks.
 */

/** A body as the database takes it. */
export interface BodyRow {
  name: string
  acronym: string | null
  class_key: string
  municipality: string | null
  active: boolean
}

/** What rows may refer to: by key or by name, whatever the accents and the case. */
export interface RegistryReferences {
  classes: { key: string; name: string }[]
  municipalities: { cve: string; name: string }[]
}

interface CsvLine {
  number: number
  fields: string[]
}

const HEADER = ['nombre', 'siglas', 'clase', 'municipio', 'activo']
const MUNICIPAL = ['ayuntamiento', 'opdapas', 'dif_municipal']

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()

/** Every row, or every problem in words with its line. Never both: a file with one bad row has no rows. */
export function readRegistry(
  text: string,
  references: RegistryReferences,
): { rows: BodyRow[]; problems: string[] } {
  const [header, ...lines] = readCsv(text)
  if (header?.fields.map(folded).join() !== HEADER.join())
    return {
      rows: [],
      problems: [`Línea ${header?.number ?? 1}: los encabezados deben ser ${HEADER.join(',')}.`],
    }
  const read = lines.map((line) => ({ line, ...readRow(line, references) }))
  const problems = read.flatMap(({ line, problem }) => (problem ? [`Línea ${line.number}: ${problem}`] : []))
  problems.push(...repeated(read.flatMap(({ line, row }) => (row ? [{ number: line.number, row }] : []))))
  if (lines.length === 0) problems.push('El archivo no tiene instituciones.')
  return { rows: problems.length ? [] : read.flatMap(({ row }) => (row ? [row] : [])), problems }
}

/** Fields by RFC 4180; `number` is the line on which the row begins. */
function readCsv(text: string): CsvLine[] {
  const rows: CsvLine[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  let number = 1
  let current: CsvLine = { number, fields: [] }
  const source = text.replace(/^\ufeff/u, '')
  while (field.lastIndex < source.length) {
    const start = field.lastIndex
    if (current.fields.length === 0 && source[start] === '#') {
      field.lastIndex = source.indexOf('\n', start) + 1 || source.length
      current = { number: ++number, fields: [] }
      continue
    }
    const match = field.exec(source)
    if (!match) return [...rows, { number, fields: ['"'] }] // a quote that nothing closes
    current.fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim())
    number += (match[0].match(/\n/gu) ?? []).length
    if (match[3] === ',' && field.lastIndex < source.length) continue
    if (current.fields.some((value) => value !== '')) rows.push(current)
    current = { number, fields: [] }
  }
  return rows
}

type Read = { row: BodyRow; problem?: never } | { row?: never; problem: string }

function readRow({ fields }: CsvLine, { classes, municipalities }: RegistryReferences): Read {
  const [name = '', acronym = '', className = '', place = '', active = ''] = fields
  if (fields.length !== HEADER.length)
    return { problem: `tiene ${fields.length} columnas y deben ser ${HEADER.length}.` }
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

/** The same name in the same class is the same body: a file has it once. */
function repeated(read: { number: number; row: BodyRow }[]): string[] {
  const first = new Map<string, number>()
  return read.flatMap(({ number, row }) => {
    const key = `${row.class_key}/${row.name}`
    const before = first.get(key)
    if (before === undefined) first.set(key, number)
    return before === undefined ? [] : [`Línea ${number}: «${row.name}» ya está en la línea ${before}.`]
  })
}
