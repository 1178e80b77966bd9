/** What a kind of campaign provides to the shared screens: its words, and the components that only it can render. */
import { inject, type Component, type InjectionKey } from 'vue'
import type { CampaignKind } from '@/domain/kinds'
import type { OpKind } from '@/domain/ops'
import type { SubmissionRow } from '@/domain/rows'
import type folio from '@/i18n/es-MX/folio.json'
import type { Correction } from './form/correction'
import type { Words } from './words'

export interface Island {
  kind: CampaignKind
  /** The segment of its form's addresses. */
  formPath: string
  words: Words
  /** Addresses the reader with *usted*, because public bodies use this kind. */
  usted?: boolean
  /** Words that replace those of the status page, which are about a propuesta in *tú*. */
  statusWords?: Partial<Record<keyof typeof folio, string>>
  /** Words of its own ops while they are pending on this phone. Other ops have the words of all kinds. */
  pendingWords?: Readonly<Partial<Record<OpKind, string>>>
  /** The segment under the campaign's address of the page with published submissions. */
  published?: string
  /** Its part of the campaign's page. Props `campaign`, `writable`, `now`; emits `write(query)` with first answers. */
  Body: Component
  /** The content of a submission, folded on the status page. Props `sent` (`Sent`). */
  Sent: Component
  /** What goes on with a submission besides its decision: its file, its days. On the status page. Props `sent`. */
  Standing?: Component
  /** The action that a chip «seat_offered» asks for, in the bar of the status page. Props `sent`. */
  Offer?: Component
  /** What is still sent after the text, on the page after sending. Props `id`, `content` (null before receipt). */
  Pending?: Component
  /**
   * What it has of the author of a submission, of whatever kind, besides what its row says; with signal. For the file with
   * everything of theirs. Faults as `rpc`.
   */
  ownData?: (row: SubmissionRow, secret: string) => Promise<object>
  /** How its author changes what staff ask for; absent when a kind has no corrections. */
  correction?: Correction
}

/** By name of the kind. A name from a server or a file may be unknown. */
export type Islands = Readonly<Partial<Record<string, Island>>>
/** Injection key of all kinds. */
export const ISLANDS: InjectionKey<Islands> = Symbol('islands')

/** What all kinds provide, by name. Call it in a setup. Throws outside the app. */
export function useIslands(): Islands {
  const islands = inject(ISLANDS)
  if (!islands) throw new Error('a campaign’s screen outside the app')
  return islands
}
