/** Which column of a file is which field of a body. */
import type { BodyInput } from '@/domain/registry'
import { fold } from '@/domain/spelling'
import type { Table } from './table'

/** The fields of a body that a file can carry, in the order of an exported file. */
export const FIELDS = ['name', 'acronym', 'class', 'municipality', 'active', 'domains'] as const
export type Field = (typeof FIELDS)[number]
export const REQUIRED: readonly Field[] = ['name', 'class']

/** The column of each field, from 0; null: the file has none. */
export type ColumnMatch = Record<Field, number | null>

/** The name that an exported file gives each column comes first. */
export const NAMES: Readonly<Record<Field, readonly string[]>> = {
  name: [
    'nombre',
    'sujeto obligado',
    'nombre del sujeto obligado',
    'institucion',
    'nombre de la institucion',
    'denominacion',
    'razon social',
    'dependencia',
    'organismo',
    'ente',
  ],
  acronym: ['siglas', 'acronimo', 'sigla', 'abreviatura', 'nombre corto'],
  class: [
    'clase',
    'tipo',
    'tipo de sujeto obligado',
    'tipo de institucion',
    'clasificacion',
    'categoria',
    'sector',
  ],
  municipality: ['municipio', 'clave de municipio', 'cve mun', 'cvegeo', 'clave inegi', 'localidad'],
  active: ['activo', 'activa', 'vigente', 'estatus', 'estado', 'alta'],
  domains: [
    'dominios',
    'dominio',
    'dominios de correo',
    'dominio de correo',
    'sitio',
    'dominio institucional',
  ],
}

const same = (text: string) => fold(text).join(' ')

/** Matches by name, whatever the case, accents and punctuation. A field keeps the first column that fits it. */
export function matchColumns(header: readonly string[]): ColumnMatch {
  const titles = header.map(same)
  const at = (field: Field) =>
    NAMES[field].map((name) => titles.indexOf(name)).find((index) => index !== -1) ?? null
  return Object.fromEntries(FIELDS.map((field) => [field, at(field)])) as ColumnMatch
}

/** Removes the apostrophes that an exported file puts before what a spreadsheet would calculate (staff/csv.ts). */
const plain = (field: string) => field.replace(/(^|[;\t\r\n])'(?=["'\s]*[=+\-@＝＋－＠])/gu, '$1')

/** The rows as `preview_bodies` takes them. A field without a column is absent, so that it stays as it is. */
export const toInputs = ({ rows }: Table, match: ColumnMatch): BodyInput[] =>
  rows.map(({ line, fields }) => {
    const given = FIELDS.flatMap((field) => {
      const column = match[field]
      return column === null ? [] : [[field, plain(fields[column] ?? '')]]
    })
    return { name: '', class: '', ...Object.fromEntries(given), line } as BodyInput
  })
