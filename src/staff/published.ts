/**
 * What becomes public of a submission. Each kind lists it once, in `features/<kind>/staff/published.ts`: the words of the
 * consent and what staff read before they publish are made of that list, and `app.kind_permissions` repeats it for the
 * public API. tests/sql/published.test.ts compares the three.
 */
import type { Sector } from '@/domain/propuesta'
import type { StaffItem } from '@/domain/staffRows'
import words from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'

const t = translator(words)

/** A part of a submission that its author allows to publish. */
export interface PublishedPart<K extends string = string, Column extends string = string> {
  /** As in `app.kind_permissions`. */
  permission: string
  /** The keys that it opens in the items that everybody reads. */
  columns: readonly Column[]
  /** What the consent calls it: «mi municipio». */
  named: readonly string[]
  /** Whether the person may leave it empty. */
  isOptional: boolean
  /** What the studio calls the permission. */
  words: string
  /** What staff read about it, one line each. */
  linesOf(item: StaffItem<K>): string[]
  /** The same in a word or two each. */
  briefOf(item: StaffItem<K>): string[]
}

/** The keys of a published item that the institution writes. Nobody's consent opens them. */
export const OWN_COLUMNS = ['folio', 'published_at', 'reply'] as const

export const NAME = {
  permission: 'name',
  columns: ['name'],
  named: ['mi nombre'],
  isOptional: true,
  words: 'Publicar el nombre que la persona escribió',
  linesOf: ({ display_name: name }) => (name ? [t('public.name', { name })] : []),
  briefOf: ({ display_name: name }) => (name ? [`«${name}»`] : []),
} as const satisfies PublishedPart

export const MUNICIPALITY = {
  permission: 'municipality',
  columns: ['municipality'],
  named: ['mi municipio'],
  isOptional: true,
  words: 'Publicar su municipio',
  linesOf: ({ municipality_name: municipality }) =>
    municipality ? [t('public.municipality', { municipality })] : [],
  briefOf: ({ municipality_name: municipality }) => (municipality ? [municipality] : []),
} as const satisfies PublishedPart

/** Of kinds that ask for a sector. A notice may do without it. */
export const SECTOR = {
  permission: 'sector',
  columns: ['sector'],
  named: ['mi sector'],
  isOptional: true,
  words: 'Publicar su sector',
  linesOf: ({ content: { sector } }: { content: { sector: Sector | null } }) =>
    sector ? [t('public.sector', { sector: t(`sector.${sector}`) })] : [],
  briefOf: ({ content: { sector } }: { content: { sector: Sector | null } }) =>
    sector ? [t(`sector.${sector}`)] : [],
} as const

const list = (parts: readonly Pick<PublishedPart, 'named'>[]) =>
  new Intl.ListFormat('es-MX').format(parts.flatMap(({ named }) => named))

/** What a consent publishes, named part by part: «mi propuesta y, si los escribí, mi nombre y mi municipio». */
export function consentWords(
  parts: readonly Pick<PublishedPart, 'named' | 'isOptional'>[],
  place = '',
): string {
  const always = list(parts.filter(({ isOptional }) => !isOptional))
  const written = parts.filter(({ isOptional }) => isOptional)
  return `${always}${place} y, si ${written.length > 1 ? 'los' : 'lo'} escribí, ${list(written)}`
}

/** The names of the permissions in the studio. */
export const permissionWords = (parts: readonly Pick<PublishedPart, 'permission' | 'words'>[]) =>
  Object.fromEntries(parts.map((part) => [part.permission, part.words]))

/** The parts that this author allowed. Rows that an older version kept do not tell: every part counts. */
export const allowedParts = <K extends string>(
  parts: readonly PublishedPart<K>[],
  { allowed }: Pick<StaffItem, 'allowed'>,
): PublishedPart<K>[] => parts.filter(({ permission }) => allowed?.includes(permission) ?? true)
