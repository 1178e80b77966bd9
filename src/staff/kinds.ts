/**
 * What a kind of campaign provides for the staff's screens. Each kind exports it from
 * `features/<kind>/staff/island.ts`, which loads with the desk and never on a citizen's phone.
 */
import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { OutboxOp } from '@/data/db'
import { listKinds, type CampaignKind } from '@/domain/kinds'
import type { CampaignBoard } from '@/domain/board'
import type { CampaignDetails, Convocatoria } from '@/domain/rows'
import type { StaffItem, StaffRole } from '@/domain/staffRows'
import messages from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'
import type { IconName } from '@/ui/icons'
import type { PublishedPart } from './published'
import type { KindNotice } from './studio/notice/template'
import type { BoardFigure } from './board/figures'
import type { SectionData, StudioSection } from './studio/section'

/** The words for a kind. */
export interface KindNames {
  /** One submission: «Propuesta». */
  one: string
  /** Several: «Propuestas». */
  many: string
  /** The campaign itself. */
  campaign: string
  /** One submission, in a letter to its author: «tu propuesta». */
  yours: string
}

/** What becomes public of a submission, as hints for staff. The server decides. */
export interface Publication<K extends string = string> {
  /** All that everybody may read of it, where its author allows. */
  parts: readonly PublishedPart<K>[]
  /** The parts that never become public. */
  never: string
  /** Why the kind's content cannot be published yet, in words; null when it can. Consent is checked for all kinds. */
  obstacleOf?(item: StaffItem<K>): string | null
  /** Why it cannot even be accepted yet, in words. */
  acceptObstacleOf?(item: StaffItem<K>): string | null
}

/** A link to a page of the kind, such as the one where the member can correct an op that the server refused. */
export interface KindLink {
  words: string
  to: RouteLocationRaw
}

/** A part of the desk that a kind adds, with its entry in the desk's menu. */
export interface DeskPart {
  /** Name of the route that the entry opens. */
  route: string
  label: string
  icon: IconName
  roles: readonly StaffRole[]
  /** The roles of whose daily work it is: their phones have it in the bar at the bottom. */
  daily?: readonly StaffRole[]
  /** The label with soft hyphens where it may break in that bar; absent for a short one. */
  breaking?: string
  /** Names of all routes of the part. A member who may not read the queue is kept inside them. */
  pages: readonly string[]
  /** The sentence of the sign-out dialog about rows that signing out erases (`staffPrefix`); absent without any. */
  erased?: string
}

/** What a kind adds to the board of its campaigns, from the kind's own figures. */
export interface KindBoard {
  figuresOf(board: CampaignBoard): BoardFigure[]
  /** Cards of the board's grid. Prop `board`. */
  Cards: Component
}

export interface StaffIsland<K extends string = string> {
  names: KindNames
  /** Whether staff decide on its submissions (`app.campaign_kinds.moderated`). The queue holds only those. */
  isModerated: boolean
  /** Whether each submission must be answered by a date. */
  isOwedAnswer: boolean
  /** The content of a submission on its review page. Prop `item`. */
  Review: Component
  /** A short form of the content, beside the form of a decision. Prop `item`. */
  SentWords: Component
  /** What becomes public; a sentence when nothing does. */
  publication: Publication<K> | string
  /** What a line of the queue says for a submission about no part of its campaign. */
  missingPart?: string
  /** What submissions of a campaign can be about, to narrow the queue: by the keys that the content holds. */
  topicsOf?(campaign: Convocatoria): { value: string; label: string }[]
  /** Unsent words of this member about a submission that they may no longer read. Prop `id`; may render nothing. */
  Held?: Component
  /** Where a submission that the queue does not hold stands in a list of its kind. */
  listOf?(folio: string): KindLink
  /** The page that shows a refused op of this kind; null or absent: the review page. */
  stuckLinkOf?(op: OutboxOp): KindLink | null
  /** What staff write of a campaign of this kind beyond what all campaigns have. */
  sections: readonly StudioSection[]
  /** What its avisos de privacidad say of their own. */
  notice: KindNotice
  /** The sections that a campaign of this kind begins with, each time with ids of its own. */
  template?(): Record<string, SectionData>
  board?(): Promise<KindBoard>
  parts?: readonly DeskPart[]
  /** Runs in the desk's scope while a member is signed in, on whatever page. */
  follow?(): void
  /** The parts of a campaign that a role can be limited to. */
  partsOf?(details: CampaignDetails | null): { value: string; label: string }[]
}

/** The type of a kind's own export, which ties `item.content` to that kind. */
export interface KindIsland<K extends CampaignKind> extends StaffIsland<K> {
  kind: K
}

type AnyIsland = StaffIsland & { kind: string }

const t = translator(messages)
const UNKNOWN: KindNames = {
  one: t('unknown.one'),
  many: t('unknown.one'),
  campaign: t('unknown.campaign'),
  yours: t('unknown.yours'),
}

const islands = new Map<string, AnyIsland>()

/** Registers the staff's pieces of these kinds. A second registration replaces the first. */
export function registerStaffKinds(known: readonly AnyIsland[]): void {
  for (const island of known) islands.set(island.kind, island)
}

/** The staff's pieces of a kind; undefined when this version does not know it. */
export const staffKindOf = (kind: string): StaffIsland | undefined => islands.get(kind)

/** The staff's pieces of all kinds, in the order of the kinds. */
export const listStaffKinds = (): AnyIsland[] => listKinds().flatMap(({ name }) => islands.get(name) ?? [])

/** The parts of the desk that kinds add, in the order of the kinds. */
export const listDeskParts = (): DeskPart[] => listStaffKinds().flatMap(({ parts }) => parts ?? [])

/** Whether staff decide on submissions of this kind; true for a kind that this version does not know. */
export const isModerated = (kind: string): boolean => islands.get(kind)?.isModerated ?? true

/** The words for a kind; neutral ones when this version does not know it. */
export const namesOf = (kind: string): KindNames => islands.get(kind)?.names ?? UNKNOWN

/** Where the submission of this folio stands, when it is of a kind that the queue does not hold; undefined otherwise. */
export function listOfFolio(folio: string): KindLink | undefined {
  const prefix = folio.slice(0, 2)
  const kind = listKinds().find(({ folioPrefix }) => folioPrefix === prefix)
  return kind && !isModerated(kind.name) ? islands.get(kind.name)?.listOf?.(folio) : undefined
}
