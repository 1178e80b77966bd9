/** The published figures of a consultation, computed from the rows of its open data and nothing else. */
import type { FileRow } from '../../supabase/functions/open-data/format'
import type { PartFigures, ResultFigures } from '../../src/features/propuestas/results'

interface CountRow {
  dimension: string
  clave: string
  respuesta: string | null
  cuenta: number | null
}

const ANSWERS = ['si', 'en_parte', 'no'] as const

const countBy = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** As SQL orders texts by their bytes. */
const byKey = <T extends { key: string }>(rows: T[]): T[] =>
  rows.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))

function answersOf(
  counts: readonly CountRow[],
  name: 'ayuda' | 'respuesta',
  number: string,
): PartFigures['answers'] {
  const own = counts.filter(({ dimension, clave }) => dimension === name && clave === number)
  if (own.length === 0) return null
  const of = (answer: string) => own.find(({ respuesta }) => respuesta === answer)?.cuenta ?? null
  return Object.fromEntries(ANSWERS.map((answer) => [answer, of(answer)])) as PartFigures['answers']
}

/** Throws when the rows hold no edition. */
export function figuresOf(rows: readonly FileRow[]): ResultFigures {
  const of = (tipo: string) => rows.filter((row) => row['tipo'] === tipo)
  const [edition] = of('edicion')
  if (!edition) throw new Error('Falta la primera fila («edicion»): dé todos los archivos datos-NNNN.jsonl.')
  const counts = of('conteo') as unknown as CountRow[]
  const propuestas = of('propuesta')
  const listOf = (dimension: string) =>
    byKey(
      counts
        .filter((row) => row.dimension === dimension)
        .map(({ clave, cuenta }) => ({ key: clave, count: cuenta })),
    )
  const countOf = (dimension: string, key: string) =>
    counts.find((row) => row.dimension === dimension && row.clave === key)?.cuenta ?? null
  const byPart = countBy(propuestas.map((row) => (row['parte'] as string | null) ?? ''))
  const byPlace = countBy(propuestas.map((row) => (row['municipio_clave'] as string | null) ?? ''))
  const byFinding = countBy(propuestas.flatMap((row) => row['hallazgos'] as string[]))
  const parts = of('parte')
  const changed = (change: string) => parts.filter((row) => row['cambio'] === change).length
  return {
    edition: edition['numero'] as number,
    totals: {
      ...Object.fromEntries(listOf('total').map(({ key, count }) => [key, count])),
      publicadas: propuestas.length,
      retenidas: propuestas.filter((row) => row['retenida'] === true).length,
      municipios: Object.keys(byPlace).filter((key) => key !== '' && key !== 'fuera').length,
    } as ResultFigures['totals'],
    parts: parts.map((row) => {
      const number = row['numero'] as string
      const taps = answersOf(counts, 'respuesta', number)
      return {
        number,
        title: row['titulo'] as string | null,
        change: row['cambio'] as PartFigures['change'],
        received: countOf('parte', number) ?? 0,
        published: byPart[number] ?? 0,
        answers: answersOf(counts, 'ayuda', number),
        ...(taps && { taps }),
      }
    }),
    missing: { received: countOf('parte', '') ?? 0, published: byPart[''] ?? 0 },
    sectors: listOf('sector'),
    channels: listOf('canal'),
    days: listOf('dia'),
    municipalities: byKey(Object.entries(byPlace).map(([key, count]) => ({ key, count }))),
    findings: of('hallazgo').map((row) => ({
      id: row['id'] as string,
      outcome: row['respuesta'] as string,
      proposals: row['propuestas'] as number,
      published: byFinding[row['id'] as string] ?? 0,
    })),
    changes: {
      changed: changed('cambia'),
      added: changed('nueva'),
      removed: changed('se_retira'),
      same: changed('igual'),
    },
  }
}

/** The rows of files of JSON Lines. Throws and names the line that is none. */
export const rowsIn = (texts: readonly string[]): FileRow[] =>
  texts.flatMap((text) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line, at) => {
        try {
          return JSON.parse(line) as FileRow
        } catch (cause) {
          throw new Error(`La línea ${at + 1} no es JSON.`, { cause })
        }
      }),
  )
