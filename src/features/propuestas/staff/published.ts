/** What everybody reads of a published propuesta. Its twin is the list in the migration of the kind. */
import type { PublishedPropuesta } from '@/domain/rows'
import words from '@/i18n/es-MX/propuestasStaff.json'
import { translator } from '@/i18n/translator'
import { MUNICIPALITY, NAME, SECTOR, type PublishedPart } from '@/staff/published'

const t = translator(words)

export const published: readonly PublishedPart<'propuestas', keyof PublishedPropuesta>[] = [
  {
    permission: 'text',
    columns: ['body', 'part_id', 'part_label', 'helps'],
    named: ['mi propuesta'],
    isOptional: false,
    words: 'Publicar el texto de la propuesta',
    linesOf: ({ content, part_label }) => [
      t('public.body'),
      part_label ? t('public.part', { part: part_label }) : t('public.part_missing'),
      ...(content.helps ? [t('public.helps', { helps: t(`helps.${content.helps}`) })] : []),
    ],
    briefOf: () => [t('public.brief')],
  },
  NAME,
  MUNICIPALITY,
  SECTOR,
  {
    permission: 'voice',
    columns: ['voice'],
    named: ['mi voz'],
    isOptional: true,
    words: 'Publicar la grabación de su voz',
    linesOf: ({ content }) => (content.media ? [t('public.voice')] : []),
    briefOf: ({ content }) => (content.media ? [t('public.voice_brief')] : []),
  },
]
