/** What of each kind becomes public, and what stands in the way. Only hints: the server decides. */
import type { StaffItem } from '@/domain/staffRows'
import words from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'

const t = translator(words)

export type Obstacle = 'not_authorised' | 'no_transcript' | 'not_verified'

/** Why it cannot be published yet; null when it can. The consent is the one with the key `publish`. */
export function obstacleOf(item: Pick<StaffItem, 'consents' | 'kind' | 'content'>): Obstacle | null {
  if (!item.consents.some(({ key, granted }) => key === 'publish' && granted)) return 'not_authorised'
  if (item.kind !== 'videos') return null
  const { media, transcript } = (item as StaffItem<'videos'>).content
  if (media.status !== 'verified') return 'not_verified'
  return transcript ? null : 'no_transcript'
}

function linesOfKind(item: StaffItem): string[] {
  if (item.kind === 'videos') {
    const pillar = item.part_label ?? item.content.pillar
    return [t('public.video'), t('public.transcript'), t('public.pillar', { pillar })]
  }
  if (item.kind === 'jornadas') return [t('public.registration')]
  const { helps } = item.content
  return [
    t('public.body'),
    item.part_label ? t('public.part', { part: item.part_label }) : t('public.part_missing'),
    ...(helps ? [t('public.helps', { helps: t(`helps.${helps}`) })] : []),
  ]
}

/** What anybody will be able to read once it is published, line by line. */
export function publicLines(item: StaffItem): string[] {
  if (item.kind === 'jornadas') return linesOfKind(item)
  const reply = item.events.findLast(({ kind, message }) => kind === 'accept' && message)?.message
  return [
    ...linesOfKind(item),
    item.display_name ? t('public.name', { name: item.display_name }) : t('public.anonymous'),
    ...(item.municipality_name ? [t('public.municipality', { municipality: item.municipality_name })] : []),
    ...(reply ? [t('public.reply', { reply })] : []), // what was answered when it was accepted goes with it
    t('public.folio', { folio: item.folio }),
  ]
}
