/**
 * A first aviso de privacidad for a campaign, with every part that the laws on personal data held by public bodies ask
 * for: the federal one of 20 March 2025 and the one of the Estado de México. What only the institution can say stands
 * as a mark, and the server publishes no notice with marks (`app.mark_problems`).
 */
import type { NewNotice } from '@/domain/campaignDraft'
import type { Institution, NoticeConsent } from '@/domain/rows'
import { mark } from '../mark'
import type { SectionContext } from '../section'

/** What the notice of a kind says of its own: sentences for the person who takes part. */
export interface NoticeParts {
  title: string
  /** Which data are asked for, required and voluntary. */
  data: string[]
  /** Which of them are sensitive, or that none is. */
  sensitive: string
  /** Purposes that need no consent. */
  purposes: string
  /** Purposes that need one. */
  consented: string
  /** How to refuse, and what happens then. */
  refusal: string
  retention: string
  consents: NoticeConsent[]
}

/** What a kind provides for its notices. */
export interface KindNotice {
  /** What each permission of the kind lets the institution show or use, in words. */
  permissions: Readonly<Partial<Record<string, string>>>
  partsOf(context: Pick<SectionContext, 'dataOf' | 'periods'>): NoticeParts
}

const LAWS =
  'Ley General de Protección de Datos Personales en Posesión de Sujetos Obligados, publicada en el Diario Oficial de la Federación el 20 de marzo de 2025, y Ley de Protección de Datos Personales en Posesión de Sujetos Obligados del Estado de México y Municipios.'
const TRANSFERS =
  'No se transfieren datos personales, salvo que una autoridad competente los pida de manera fundada y motivada.'
const PROVIDER = mark(
  'qué empresa aloja el sistema por encargo del instituto y en qué país; si hay alguna transferencia, a quién y para qué',
)
const RIGHTS = [
  'La persona a quien pertenecen los datos puede pedir acceso, rectificación, cancelación u oposición (derechos ARCO), su portabilidad y que deje de usarse lo que autorizó, con una solicitud a la Unidad de Transparencia o en la Plataforma Nacional de Transparencia.',
  'La respuesta se da en 20 días hábiles, que pueden ampliarse 10 más. Si procede, se cumple en los 15 días hábiles siguientes. Contra la respuesta puede presentarse un recurso de revisión.',
]
const CHANGES =
  'Cada cambio a este aviso es una versión nueva, con su fecha, que se publica en esta aplicación. Si cambia antes de que llegue un envío, se vuelve a preguntar.'

const UNITS = { days: ['día', 'días'], months: ['mes', 'meses'], years: ['año', 'años'] } as const

/** A period of the settings in words, with its figure: the server compares figures. A mark where it is not known. */
export const periodWords = (count: number | undefined, unit: keyof typeof UNITS): string =>
  count === undefined ? mark('cuánto tiempo') : `${count} ${UNITS[unit][count === 1 ? 0 : 1]}`

/** How a notice ends what it says of periods. */
export const AFTERWARDS = 'Después se borra y queda una constancia del borrado, sin datos personales.'

const known = (value: string | undefined, what: string): string => value?.trim() || mark(what)

function fullForm(parts: NoticeParts, name: string, address: string, unit: string): NewNotice['full'] {
  return [
    {
      heading: 'Quién es responsable',
      paragraphs: [
        `${name}, con domicilio en ${address}, es responsable de los datos personales que recibe en esta campaña.`,
      ],
    },
    { heading: 'Qué datos se piden', paragraphs: [...parts.data, parts.sensitive] },
    { heading: 'Para qué se usan', paragraphs: [parts.purposes, parts.consented] },
    { heading: 'Cómo negarse', paragraphs: [parts.refusal] },
    {
      heading: 'Con qué fundamento',
      paragraphs: [
        LAWS,
        `Facultan al instituto para esta campaña: ${mark('artículos y ordenamiento, revisados por el área jurídica')}.`,
      ],
    },
    { heading: 'A quién se transfieren', paragraphs: [TRANSFERS, PROVIDER] },
    { heading: 'Cuánto tiempo se guardan', paragraphs: [parts.retention] },
    { heading: 'Derechos ARCO y portabilidad', paragraphs: RIGHTS },
    { heading: 'Unidad de Transparencia', paragraphs: [unit] },
    { heading: 'Cómo se avisa de los cambios', paragraphs: [CHANGES] },
  ]
}

/** The notice that an editor begins with. What the institution's settings know is filled in. */
export function noticeTemplate(institution: Institution | null, parts: NoticeParts): NewNotice {
  const name = known(institution?.name, 'nombre del instituto')
  const address = known(institution?.contact.address, 'domicilio del instituto')
  const unit = known(
    institution?.transparency_unit,
    'domicilio, correo y horario de la Unidad de Transparencia',
  )
  return {
    title: parts.title,
    simplified: [
      `${name} es responsable de los datos personales que recibe en esta campaña.`,
      parts.purposes,
      parts.consented,
      TRANSFERS,
      parts.refusal,
      'El aviso completo está en esta aplicación y puede leerse sin conexión.',
    ],
    full: fullForm(parts, name, address, unit),
    consents: parts.consents,
  }
}
