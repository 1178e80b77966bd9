/** The open data as files: JSON Lines with every row, CSV tables with one kind of row each, and the dictionary of both. */
import { csvOf as safeCsv } from '../_shared/files/safeCsv.ts'

export type FileRow = Record<string, unknown>

/** JSON Lines (UTF-8, one row a line). */
export const linesOf = (rows: readonly FileRow[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')

interface Field {
  campo: string
  tipo: string
  descripcion: string
}

const field = (campo: string, tipo: string, descripcion: string): Field => ({ campo, tipo, descripcion })

/** The columns of each table, in their order. */
const FIELDS = {
  propuesta: [
    field('id', 'texto', 'Folio de la propuesta. No cambia entre ediciones.'),
    field('publicada', 'fecha', 'Día en que se publicó, hora del centro de México.'),
    field('parte', 'texto', 'Número de la acción o del párrafo. Vacío: trata de lo que falta.'),
    field(
      'ayuda',
      'si, en_parte, no',
      'Si la acción ayuda a promover el gobierno abierto. Vacío: no se pregunta.',
    ),
    field('texto', 'texto', 'Lo que escribió la persona. Vacío si se retuvo.'),
    field(
      'retenida',
      'verdadero, falso',
      'El texto espera a que una persona revise si tiene datos personales.',
    ),
    field(
      'municipio_clave',
      'texto',
      'Clave del INEGI, o «fuera». Vacío: no lo dijo o no autorizó publicarlo.',
    ),
    field('municipio', 'texto', 'Nombre del municipio.'),
    field('hallazgos', 'lista', 'Hallazgos en que se agrupó. En CSV, separados por un espacio.'),
  ],
  parte: [
    field('id', 'texto', 'Identificador de la parte.'),
    field('numero', 'texto', 'Número con que se cita.'),
    field('clase', 'accion, parrafo', 'Qué es.'),
    field('titulo', 'texto', 'Título.'),
    field(
      'cambio',
      'igual, cambia, se_retira, nueva',
      'Qué pasó con ella en el texto renovado. Vacío: no hay texto.',
    ),
  ],
  hallazgo: [
    field('id', 'texto', 'Identificador del hallazgo. No cambia entre ediciones.'),
    field('titulo', 'texto', 'Título.'),
    field('que_dicen', 'texto', 'Qué dicen las propuestas.'),
    field('respuesta', 'se_acepta, en_parte, ahora_no, no_se_acepta', 'Respuesta de la institución.'),
    field('razones', 'texto', 'Razones de la respuesta.'),
    field('area', 'texto', 'Área responsable.'),
    field('fecha', 'fecha', 'Para cuándo.'),
    field('propuestas', 'número', 'Cuántas propuestas agrupa, también las que no se publicaron.'),
  ],
  seguimiento: [
    field('id', 'texto', 'Identificador de lo que se anotó. No cambia entre ediciones.'),
    field('parte', 'texto', 'Número de la acción.'),
    field(
      'estado',
      'planeada, en_curso, hecha, no_se_hara',
      'Cómo va. El último de cada acción es el vigente.',
    ),
    field('evidencia', 'texto', 'Qué se hizo, o por qué no.'),
    field('enlace', 'texto', 'Página con la evidencia. Vacío: no hay.'),
    field('responsable', 'texto', 'Área responsable.'),
    field('fecha', 'fecha', 'Cuándo fue o será.'),
    field('anotado', 'fecha', 'Día en que se anotó, hora del centro de México.'),
  ],
  conteo: [
    field('dimension', 'total, dia, canal, sector, parte, ayuda, respuesta', 'Qué se cuenta.'),
    field('clave', 'texto', 'El total, el día, el canal, el sector o el número de la parte.'),
    field(
      'respuesta',
      'si, en_parte, no',
      'En «ayuda», lo que dicen propuestas. En «respuesta», lo que se respondió sin escribir una.',
    ),
    field('cuenta', 'número', 'Cuántas. Vacío: se oculta para no señalar a menos de cinco personas.'),
  ],
} satisfies Record<string, readonly Field[]>

type Table = keyof typeof FIELDS

export const DICTIONARY = {
  formato: 1,
  licencia: 'CC-BY-4.0',
  licencia_url: 'https://creativecommons.org/licenses/by/4.0/deed.es',
  codificacion: 'UTF-8',
  municipios: 'Fuente: INEGI, Marco Geoestadístico 2022',
  archivos: {
    'datos-0001.jsonl':
      'Todas las filas, con su clase en «tipo»: edicion, parte, hallazgo, conteo, seguimiento, propuesta.',
    'propuestas-0001.csv':
      'Las propuestas publicadas. Con más de 2,000 hay otro archivo, con el número siguiente.',
    'conteos.csv': 'Los conteos de todo lo recibido, publicado o no.',
    'hallazgos.csv': 'Los hallazgos con su respuesta.',
    'partes.csv': 'Las partes de la estrategia y qué pasó con cada una.',
    'seguimiento.csv': 'Cómo va cada acción, en el orden en que se anotó.',
    'cifras.json': 'Las cifras publicadas. Se calculan de los archivos datos-NNNN.jsonl y nada más.',
    'indice.json': 'La edición, y cada archivo con su SHA-256.',
  },
  campos: FIELDS,
}

const cellOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : Array.isArray(value)
      ? value.join(' ')
      : typeof value === 'boolean'
        ? value
          ? 'verdadero'
          : 'falso'
        : String(value as string | number)

/** A table with its head, safe for spreadsheets. */
export const csvOf = (table: Table, rows: readonly FileRow[]): string =>
  safeCsv([
    FIELDS[table].map(({ campo }) => campo),
    ...rows.map((row) => FIELDS[table].map(({ campo }) => cellOf(row[campo]))),
  ])
