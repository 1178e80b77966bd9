/** What of a submission becomes public, and what stands in the way. Only hints: the server decides. */
import type { StaffItem } from '@/domain/staffRows'
import words from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'
import { staffKindOf } from '../kinds'

const t = translator(words)

/** Why it cannot be published yet, in words; null when it can. The consent is the one with the key `publish`. */
export function obstacleOf(item: StaffItem): string | null {
  if (!item.consents.some(({ key, granted }) => key === 'publish' && granted))
    return t('publish.not_authorised')
  const publication = staffKindOf(item.kind)?.publication
  return typeof publication === 'object' ? (publication.obstacleOf?.(item) ?? null) : null
}

/** What anybody will be able to read once it is published, line by line; that nothing is, where nothing is. */
export function publicLines(item: StaffItem): string[] {
  const publication = staffKindOf(item.kind)?.publication
  if (typeof publication !== 'object') return publication ? [publication] : []
  const reply = item.events.findLast(({ kind, message }) => kind === 'accept' && message)?.message
  return [
    ...publication.linesOf(item),
    item.display_name ? t('public.name', { name: item.display_name }) : t('public.anonymous'),
    ...(item.municipality_name ? [t('public.municipality', { municipality: item.municipality_name })] : []),
    ...(reply ? [t('public.reply', { reply })] : []), // what was answered when it was accepted goes with it
    t('public.folio', { folio: item.folio }),
  ]
}

/** What of it never becomes public; null where nothing does anyway. */
export function neverPublic({ kind }: Pick<StaffItem, 'kind'>): string | null {
  const publication = staffKindOf(kind)?.publication
  return typeof publication === 'object' ? publication.never : null
}
