/** The words of insumos: what they are, and what of them is on this phone. */
import { type InsumoKind } from '@/domain/insumo'
import type { Insumo } from '@/domain/rows'
import messages from '@/i18n/es-MX/insumos.json'
import { translator } from '@/i18n/translator'
import { formatBytes } from '@/ui/fileSize'
import type { IconName } from '@/ui/icons'

export const t = translator(messages)

const WORDS_A_MINUTE = 200

export const KIND_ICONS: Readonly<Record<InsumoKind, IconName>> = {
  page: 'document',
  pdf: 'document',
  image: 'picture',
  audio: 'sound',
  figures: 'chart',
}

/** The kind; a page where this version does not know it, because every insumo has a text. */
export const kindOf = ({ kind = 'page' }: Insumo): InsumoKind => (kind in KIND_ICONS ? kind : 'page')

/** «CC BY 4.0»; '' where the insumo names no licence. */
function licenceOf({ licence, licence_name }: Insumo): string {
  if (!licence) return ''
  return licence === 'other' ? (licence_name ?? '') : t(`licence.${licence}`)
}

/** «4 minutos · se lee sin señal», «PDF · 1.4 MB · CC BY 4.0». */
export function metaOf(insumo: Insumo): string {
  const kind = kindOf(insumo)
  const count = Math.max(1, Math.round(insumo.body.split(/\s+/u).length / WORDS_A_MINUTE))
  const what =
    kind === 'page' || !insumo.file
      ? t('meta.page', { minutes: t('minutes', { count }) })
      : `${t(`kind.${kind}`)} · ${formatBytes(insumo.file.bytes)}`
  return [what, licenceOf(insumo)].filter(Boolean).join(' · ')
}

/** «Se puede compartir así: CC BY 4.0.»; '' where the insumo names no licence. */
export const licenceWords = (insumo: Insumo): string => {
  const licence = licenceOf(insumo)
  return licence && t('licence', { licence })
}

/** What the text is that stands for a file. */
export const textHeading = (kind: Exclude<InsumoKind, 'page'>): string => t(`text.${kind}`)
