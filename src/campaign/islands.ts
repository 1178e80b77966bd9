/** What the shared screens ask of a kind of campaign: its words, and the pieces that only it can draw. */
import { inject, type Component, type InjectionKey } from 'vue'
import type { CampaignKind } from '@/domain/kinds'
import type { OpKind } from '@/domain/ops'
import type folio from '@/i18n/es-MX/folio.json'
import type { CorrectionForm } from './form/correction'
import type { Words } from './words'

export interface Island {
  kind: CampaignKind
  /** First segment of the addresses of its form. */
  formPath: string
  words: Words
  /** Speaks to public bodies. */
  usted?: boolean
  /** What the status page says its own way: its noun, or *usted*. The page's own words speak of a propuesta. */
  statusWords?: Partial<Record<keyof typeof folio, string>>
  /** What is said of its own ops while they wait on this phone; the words of all kinds stand for the others. */
  pendingWords?: Readonly<Partial<Record<OpKind, string>>>
  /** Under the campaign's address, where what was published is read. */
  published?: string
  /** On the campaign's page. Props `campaign`, `writable`, `now`; emits `write(query)` with what it already asked. */
  Body: Component
  /** What was sent, on its status page. Props `sent` (`Sent`). */
  Sent: Component
  /** What follows a submission's text by itself, right after sending. Props `id`, `content` (null before it arrived). */
  Pending?: Component
  /** How its author changes what staff ask for; absent where nothing can be changed. */
  correction?: CorrectionForm
}

/** By the name of their kind. A name that comes from a server or a file may be of none of them. */
export type Islands = Readonly<Partial<Record<string, Island>>>
export const ISLANDS: InjectionKey<Islands> = Symbol('islands')

/** All kinds of campaign, by name. */
export function useIslands(): Islands {
  const islands = inject(ISLANDS)
  if (!islands) throw new Error('a campaign’s screen outside the app')
  return islands
}
