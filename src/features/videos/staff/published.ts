/** What everybody sees of a published video. Its twin is the list in the migration of the kind. */
import type { PublishedVideo } from '@/domain/video'
import words from '@/i18n/es-MX/videosStaff.json'
import { translator } from '@/i18n/translator'
import { mayName } from './menores/minor'
import { MUNICIPALITY, NAME, SECTOR, type PublishedPart } from '@/staff/published'

const t = translator(words)

export const published: readonly PublishedPart<'videos', keyof PublishedVideo>[] = [
  {
    permission: 'image_voice',
    columns: ['object', 'poster', 'duration_ms', 'bytes', 'mime'],
    named: ['mi imagen', 'mi voz'],
    isOptional: false,
    words: 'Publicar el video, con la imagen y la voz de quienes aparecen',
    linesOf: () => [t('public.video')],
    briefOf: () => [t('public.video_brief')],
  },
  {
    permission: 'text',
    columns: ['title', 'summary', 'transcript', 'pillar', 'captions', 'voiceless'],
    named: ['los textos de mi video'],
    isOptional: false,
    words: 'Publicar su título, su resumen y su transcripción',
    linesOf: ({ content, part_label }) => [
      t('public.text'),
      t('public.transcript'),
      t('public.pillar', { pillar: part_label ?? content.pillar }),
    ],
    briefOf: () => [t('public.text_brief')],
  },
  {
    ...NAME,
    // of a minor, with the guardian's permission
    linesOf: (item) => (mayName(item.content) ? NAME.linesOf(item) : []),
    briefOf: (item) => (mayName(item.content) ? NAME.briefOf(item) : []),
  },
  MUNICIPALITY,
  SECTOR,
]

const WHEREABOUTS: readonly string[] = [MUNICIPALITY.permission, SECTOR.permission]

/** What of it a minor's consent opens: where they live and what they do is neither asked of them nor shown. */
export const publishedOfMinors = published
  .filter(({ permission }) => !WHEREABOUTS.includes(permission))
  .map((part) =>
    part.permission === NAME.permission ? { ...part, named: ['mi primer nombre o mi apodo'] } : part,
  )
