/**
 * What the staff's screens ask of a kind of campaign. Each kind fulfils it in `features/<kind>/staff/island.ts`; they
 * come with the desk, so that no citizen fetches them.
 */
import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { OutboxOp } from '@/data/db'
import { listKinds, type CampaignKind } from '@/domain/kinds'
import type { CampaignDetails } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import messages from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'
import type { StudioSection } from './studio/section'

/** How a kind is called. */
export interface KindNames {
  /** One submission: «Propuesta». */
  one: string
  /** Several: «Propuestas». */
  many: string
  /** The campaign itself. */
  campaign: string
  /** One, in a letter to its author: «tu propuesta». */
  yours: string
}

/** What of a submission becomes public. Only hints: the server decides. */
export interface Publication<K extends string = string> {
  /** What anybody will be able to read of its content, line by line. */
  linesOf(item: StaffItem<K>): string[]
  /** What never. */
  never: string
  /** Why it cannot be published yet, in words; null when it can. Its author's leave is asked for by all kinds. */
  obstacleOf?(item: StaffItem<K>): string | null
}

/** A way to where something that the server did not take can be mended. */
export interface StuckLink {
  words: string
  to: RouteLocationRaw
}

export interface StaffIsland<K extends string = string> {
  names: KindNames
  /** Whether each submission is owed an answer by a day. */
  isOwedAnswer: boolean
  /** What was sent, on its review. Prop `item`. */
  Review: Component
  /** The same in short, beside a decision that is being taken. Prop `item`. */
  SentWords: Component
  /** What of it becomes public; words instead where nothing does. */
  publication: Publication<K> | string
  /** What a line of the queue says where the submission speaks of no part of its campaign. */
  missingPart?: string
  /** What this member wrote on a submission that they may read no more. Prop `id`; nothing where nothing is. */
  Held?: Component
  /** Where an op of this kind that was not taken is told of, if not on its review. */
  stuckLinkOf?(op: OutboxOp): StuckLink | null
  /** What staff write of a campaign of this kind beyond what all campaigns have. */
  sections: readonly StudioSection[]
  /** The parts of a campaign that a role can be limited to. */
  partsOf?(details: CampaignDetails | null): { value: string; label: string }[]
}

/** As a kind's own module exports it, so that its content is the one of its kind. */
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

/** Makes these kinds known to the staff's screens. Registering one again replaces it. */
export function registerStaffKinds(known: readonly AnyIsland[]): void {
  for (const island of known) islands.set(island.kind, island)
}

/** The staff's pieces of a kind; undefined when this version does not know it. */
export const staffKindOf = (kind: string): StaffIsland | undefined => islands.get(kind)

/** Those of all kinds, in the order of the kinds. */
export const listStaffKinds = (): AnyIsland[] => listKinds().flatMap(({ name }) => islands.get(name) ?? [])

/** How a kind is called; by no other kind's noun when this version does not know it. */
export const namesOf = (kind: string): KindNames => islands.get(kind)?.names ?? UNKNOWN
