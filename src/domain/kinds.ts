/**
 * What shared code knows of the kinds of campaign. A kind describes itself in `features/<kind>/kind.ts`: its types
 * by adding a member to `CampaignKinds`, its behaviour as `KindTraits`. Whatever starts a program (page, worker,
 * tests) registers all of them by importing `features/kinds.ts`. Nobody else names a kind (`scripts/kinds.ts`).
 *
 * A server or a file may name a kind that this version does not know, so names are plain strings wherever they
 * come from outside, and every lookup may answer undefined: never another kind in its place.
 */
import type { OpTraits } from './ops'
import type { Chip } from './submissionStatus'

/** The types of each kind, by its name: see `KindTypes`. Each kind's own module adds its member. */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface CampaignKinds {}

/** What a member of `CampaignKinds` says. */
interface KindTypes {
  /** Names of its ops on the wire. */
  op: string
  /** What a person sent, as its author reads it, and as staff do. */
  content: object
  staffContent: object
  /** What its campaigns say of themselves beyond what all campaigns do. */
  details: object | null
  /** What the functions of the database that only this kind has answer, by name. A kind without any leaves it out. */
  answers: object
  /** Which of those functions anybody may read by GET. */
  publicRead: string
  /** What a verdict on an op brings when it is neither a submission nor what staff see of one. */
  row: { version: number } | { sequence: number }
}

type TypeOf<K, Key extends keyof KindTypes> = K extends keyof CampaignKinds
  ? CampaignKinds[K] extends Record<Key, infer Type extends KindTypes[Key]>
    ? Type
    : never
  : never

/** The kinds that this version knows. */
export type CampaignKind = Extract<keyof CampaignKinds, string>
/** Names of the ops that only this kind has. */
export type OpOf<K extends CampaignKind> = TypeOf<K, 'op'>
/** What was sent to a campaign of this kind; of a kind that is not known, any object. */
export type ContentOf<K extends string> = K extends CampaignKind ? TypeOf<K, 'content'> : object
export type StaffContentOf<K extends string> = K extends CampaignKind ? TypeOf<K, 'staffContent'> : object
export type DetailsOf<K extends CampaignKind> = TypeOf<K, 'details'>
export type AnswersOf<K extends CampaignKind> = TypeOf<K, 'answers'>
export type PublicReadOf<K extends CampaignKind> = TypeOf<K, 'publicRead'>
export type RowOf<K extends CampaignKind> = TypeOf<K, 'row'>

/**
 * How the worker keeps the last answer of a public read for use offline, in the terms of Workbox: what changes often
 * is asked for first, what seldom changes is shown first and asked for meanwhile.
 */
export type KeptRead = 'network-first' | 'stale-while-revalidate'

/** Fields as a person filled them in: of a draft, of an op's payload, or of what the server holds. */
export type Written = Readonly<Record<string, unknown>>

/** A kind as shared code sees it. */
export interface AnyKind {
  readonly name: string
  /** Its place, from 1, wherever people choose among kinds. */
  readonly place: number
  /** The two letters that its folios begin with (`app.campaign_kinds.folio_prefix`). */
  readonly folioPrefix: string
  readonly ops: Readonly<Record<string, OpTraits>>
  /** The functions that anybody may read by GET, and how the worker keeps their answers. */
  readonly publicReads?: Readonly<Record<string, KeptRead>>
  /**
   * What the keys of table `meta` begin with where staff keep rows of this kind: `<prefix><member>:<name>`. They are
   * erased when that member signs out.
   */
  readonly staffPrefix?: `${string}:`
  /** What a submission or a draft is called in lists, uncut; '' while nothing says it. */
  titleOf(written: Written): string
  /** All that a person wrote in it, to be taken elsewhere; '' when nothing was. */
  textOf(written: Written): string
  /** What its content adds to the chip while no decision was taken; undefined adds nothing. */
  chipOf?(content: object): Chip | undefined
  /** The same answers without what names bytes of this phone, for a file that carries none. */
  withoutBytes?(written: Written): Record<string, unknown>
}

/** A kind as its own module describes it, with all of its ops and its own content. */
export interface KindTraits<K extends CampaignKind> extends AnyKind {
  readonly name: K
  readonly ops: Readonly<Record<OpOf<K>, OpTraits>>
  readonly publicReads?: Readonly<Record<PublicReadOf<K>, KeptRead>>
  chipOf?(content: ContentOf<K>): Chip | undefined
}

let known: readonly AnyKind[] = []

/** Makes these kinds known to all shared code of this program. Registering one again replaces it. */
export function registerKinds(kinds: readonly AnyKind[]): void {
  const others = known.filter(({ name }) => !kinds.some((kind) => kind.name === name))
  known = [...others, ...kinds].sort((a, b) => a.place - b.place)
}

/** All known kinds, in the order of their places. Throws where the program forgot to register them. */
export function listKinds(): readonly AnyKind[] {
  if (known.length === 0) throw new Error('no kinds of campaign: whatever starts must import features/kinds')
  return known
}

/** The kind of this name; undefined when this version does not know it. */
export const kindNamed = (name: string): AnyKind | undefined => listKinds().find((kind) => kind.name === name)

/** The kind that an op belongs to; undefined for an op that all kinds have, and for an unknown one. */
export const kindOfOp = (op: string): AnyKind | undefined =>
  listKinds().find(({ ops }) => Object.hasOwn(ops, op))

/** The kind whose folios begin like this one; undefined when this version knows none. */
export const kindOfFolio = (folio: string): AnyKind | undefined =>
  listKinds().find(({ folioPrefix }) => folio.startsWith(folioPrefix))

/** Whether a row is of this kind, and so has its content. */
export const isOfKind = <K extends CampaignKind, Row extends { kind: string }>(
  row: Row,
  kind: K,
): row is Row & { kind: K; content: ContentOf<K> } => row.kind === kind

/** What stands for the name of a kind where nothing on this phone tells it. */
export const NO_KIND = ''
