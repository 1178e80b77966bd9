/**
 * What shared code knows of the kinds of campaign. A kind describes itself in `features/<kind>/kind.ts`: its types as a
 * member of `CampaignKinds`, its behaviour as `KindTraits`. Each program (page, worker, tests) registers all kinds by
 * importing `features/kinds.ts`. Other code must not name a kind (`scripts/kinds.ts` checks it).
 *
 * A server or a file may name a kind that this version does not know. So names from outside are plain strings, and a
 * lookup returns undefined rather than another kind.
 */
import type { OpTraits } from './ops'
import type { Chip } from './submissionStatus'

/** The types of each kind (`KindTypes`), by its name. Each kind's module adds its member. */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface CampaignKinds {}

/** A member of `CampaignKinds`. */
interface KindTypes {
  /** Names of its ops on the wire. */
  op: string
  /** The content of a submission, as its author sees it, and as staff see it. */
  content: object
  staffContent: object
  /** The fields that only campaigns of this kind have; null for none. */
  details: object | null
  /** The answers of the database functions that only this kind has, by name. Absent without any. */
  answers: object
  /** The names of those functions that are public reads, called by GET. Absent without any. */
  publicRead: string
  /** Rows of its verdicts that are neither a submission nor a staff item. Absent without any. */
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
/** The content of a submission of this kind; any object for an unknown kind. */
export type ContentOf<K extends string> = K extends CampaignKind ? TypeOf<K, 'content'> : object
export type StaffContentOf<K extends string> = K extends CampaignKind ? TypeOf<K, 'staffContent'> : object
export type DetailsOf<K extends CampaignKind> = TypeOf<K, 'details'>
export type AnswersOf<K extends CampaignKind> = TypeOf<K, 'answers'>
export type PublicReadOf<K extends CampaignKind> = TypeOf<K, 'publicRead'>
export type RowOf<K extends CampaignKind> = TypeOf<K, 'row'>

/**
 * How the worker keeps the last answer of a public read for offline use, as Workbox names the strategies.
 * `network-first` suits lists that change often, `stale-while-revalidate` lists that rarely change.
 */
export type KeptRead = 'network-first' | 'stale-while-revalidate'

/** Fields that a person filled in: of a draft, an op's payload, or a row of the server. */
export type Written = Readonly<Record<string, unknown>>

/** A kind as shared code sees it. */
export interface AnyKind {
  readonly name: string
  /** Its position, from 1, in every list of kinds. */
  readonly place: number
  /** The first two letters of its folios (`app.campaign_kinds.folio_prefix`). */
  readonly folioPrefix: string
  readonly ops: Readonly<Record<string, OpTraits>>
  /** The public reads of this kind, and how the worker keeps the last answer of each for offline use. */
  readonly publicReads?: Readonly<Record<string, KeptRead>>
  /**
   * The prefix of the keys in table `meta` under which staff keep rows of this kind: `<prefix><member>:<name>`. Signing
   * out erases them.
   */
  readonly staffPrefix?: `${string}:`
  /** The title of a submission or a draft, of any length; '' when it has none yet. */
  titleOf(written: Written): string
  /** The full text that a person wrote, for copying; '' when there is none. */
  textOf(written: Written): string
  /** The chip that its content sets while there is no decision; undefined sets none. */
  chipOf?(content: object): Chip | undefined
  /** The same fields without references to this phone's bytes, for a file, which carries no bytes. */
  withoutBytes?(written: Written): Record<string, unknown>
}

/** A kind as its module describes it, with the types of its ops and content. */
export interface KindTraits<K extends CampaignKind> extends AnyKind {
  readonly name: K
  readonly ops: Readonly<Record<OpOf<K>, OpTraits>>
  readonly publicReads?: Readonly<Record<PublicReadOf<K>, KeptRead>>
  chipOf?(content: ContentOf<K>): Chip | undefined
}

let known: readonly AnyKind[] = []

/** Registers kinds for all shared code of this program. Registering a name again replaces its kind. */
export function registerKinds(kinds: readonly AnyKind[]): void {
  const others = known.filter(({ name }) => !kinds.some((kind) => kind.name === name))
  known = [...others, ...kinds].sort((a, b) => a.place - b.place)
}

/** All known kinds, by `place`. Throws in a program that registered none. */
export function listKinds(): readonly AnyKind[] {
  if (known.length === 0) throw new Error('no kinds of campaign: the program must import features/kinds')
  return known
}

/** The kind with this name; undefined when this version does not know it. */
export const kindNamed = (name: string): AnyKind | undefined => listKinds().find((kind) => kind.name === name)

/** The kind of an op; undefined for an op that all kinds share, and for an unknown op. */
export const kindOfOp = (op: string): AnyKind | undefined =>
  listKinds().find(({ ops }) => Object.hasOwn(ops, op))

/** The kind of a folio, by its prefix; undefined when this version does not know it. */
export const kindOfFolio = (folio: string): AnyKind | undefined =>
  listKinds().find(({ folioPrefix }) => folio.startsWith(folioPrefix))

/** Whether a row is of this kind; narrows its content. */
export const isOfKind = <K extends CampaignKind, Row extends { kind: string }>(
  row: Row,
  kind: K,
): row is Row & { kind: K; content: ContentOf<K> } => row.kind === kind

/** The kind's name when nothing on this phone has it. */
export const NO_KIND = ''

/** Public functions that are called by GET, whose answers the worker may keep. Kinds declare their own. */
export type PublicRead = 'bootstrap' | 'institution_logo' | PublicReadOf<CampaignKind>
