/** What becomes public of a submission, and what prevents its publication. Hints only: the server decides. */
import type { StaffItem } from '@/domain/staffRows'
import { type Choice, isPublication } from '@/domain/states'
import words from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'
import { staffKindOf } from '../kinds'
import { allowedParts, type PublishedPart } from '../published'

const t = translator(words)

/** Whether the author allowed publication. Rows of an older version tell it by the consent with the key `publish`. */
const isAllowed = ({ may_publish, consents }: StaffItem): boolean =>
  may_publish ?? consents.some(({ key, granted }) => key === 'publish' && granted)

/** Why it cannot be published yet, in words; null when it can. */
export function obstacleOf(item: StaffItem): string | null {
  if (!isAllowed(item)) return t('publish.not_authorised')
  const publication = staffKindOf(item.kind)?.publication
  return typeof publication === 'object' ? (publication.obstacleOf?.(item) ?? null) : null
}

/** Why this choice cannot be made yet, in words; null when it can. Only acceptance and publication have obstacles. */
export function obstacleTo(choice: Choice, item: StaffItem): string | null {
  if (isPublication(choice)) return obstacleOf(item)
  const publication = staffKindOf(item.kind)?.publication
  if (choice !== 'accept' || typeof publication !== 'object') return null
  return publication.acceptObstacleOf?.(item) ?? null
}

/** The decisions that wait for the member who reads it: the first ones, or the answers to a second review. */
export const waitingOf = ({ decisions, amendments = [], second_review_by }: StaffItem): readonly Choice[] =>
  second_review_by ? amendments : decisions

/** A choice, and why it cannot be made now, in words; null when it can. */
export interface Offer {
  choice: Choice
  obstacle: string | null
}

/** What the member can choose for a submission now. Acceptance and publication come first, as one choice. */
export function offersOf(item: StaffItem): Offer[] {
  const publishes = typeof staffKindOf(item.kind)?.publication === 'object'
  const choices: Choice[] = [...item.decisions, ...(item.amendments ?? [])]
  if (publishes && item.decisions.includes('accept')) choices.unshift('accept_publish')
  return choices.map((choice) => ({ choice, obstacle: obstacleTo(choice, item) }))
}

const showsName = (item: StaffItem, parts: readonly PublishedPart[]): boolean =>
  parts.some((part) => part.columns.includes('name') && part.linesOf(item).length > 0)

/** What everybody will be able to read after publication, line by line; a sentence when nothing becomes public. */
export function publicLines(item: StaffItem): string[] {
  const publication = staffKindOf(item.kind)?.publication
  if (typeof publication !== 'object') return publication ? [publication] : []
  const parts = allowedParts(publication.parts, item)
  const reply = item.events.findLast(({ kind, message }) => kind === 'accept' && message)?.message
  return [
    ...parts.flatMap((part) => part.linesOf(item)),
    ...(showsName(item, parts) ? [] : [t('public.anonymous')]),
    ...(reply ? [t('public.reply', { reply })] : []), // the message of the acceptance is published with it
    t('public.folio', { folio: item.folio }),
  ]
}

/** The same in one line: «Público: texto, «Itzel Flores», Temoaya y folio». Empty when nothing becomes public. */
export function publicBrief(item: StaffItem): string {
  const publication = staffKindOf(item.kind)?.publication
  if (typeof publication !== 'object') return ''
  const parts = allowedParts(publication.parts, item)
  const words = [
    ...parts.flatMap((part) => part.briefOf(item)),
    ...(showsName(item, parts) ? [] : [t('public.brief_anonymous')]),
    t('public.brief_folio'),
  ]
  return t('public.brief', { parts: new Intl.ListFormat('es-MX').format(words) })
}

/** What never becomes public; null for kinds that publish nothing. */
export function neverPublic({ kind }: Pick<StaffItem, 'kind'>): string | null {
  const publication = staffKindOf(kind)?.publication
  return typeof publication === 'object' ? publication.never : null
}
