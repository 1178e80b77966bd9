/**
 * A public page for readers without script: what chats and search engines show of its address. `npm run share:pages` writes a file
 * for each (scripts/share). It holds nothing that the public functions do not answer to everybody.
 */
import type { AnswerOf, ArgumentsOf, FunctionName } from '@/data/rpc'
import type { CampaignKind } from '@/domain/kinds'
import type { Convocatoria } from '@/domain/rows'

/** Texts are plain and as their authors wrote them: whoever writes the file escapes them. */
export type ShareBlock =
  { kind: 'heading' | 'text' | 'quote'; text: string } | { kind: 'link'; text: string; path: string }

/** What the picture of a page shows, from above to below. */
export interface SharePicture {
  about: string
  words: string
  state: string
  foot: string
}

export interface SharePage {
  /** Of lower and upper case letters, digits, hyphens and slashes. */
  path: string
  title: string
  description: string
  blocks: ShareBlock[]
  picture: SharePicture
  /** What machines read of it (schema.org). `addressOf` makes an address of a name in a public bucket. */
  data?: (addressOf: (bucket: string, name: string) => string) => Readonly<Record<string, unknown>>
}

/** Calls a public function as somebody who is not known. */
export type ShareRead = <F extends FunctionName>(fn: F, args: ArgumentsOf<F>) => Promise<AnswerOf<F>>

/** What a kind of campaign exports as `share`, in a file of that name. */
export interface SharedKind {
  kind: CampaignKind
  /** Whether its published works promote the institution: they have no pages during electoral silence. */
  promotes: boolean
  /** The pages below the campaign's own. */
  pagesOf(campaign: Convocatoria, read: ShareRead): AsyncIterable<SharePage>
}

export const heading = (text: string): ShareBlock => ({ kind: 'heading', text })
export const words = (text: string): ShareBlock => ({ kind: 'text', text })
export const quote = (text: string): ShareBlock => ({ kind: 'quote', text })
export const linkTo = (path: string, text: string): ShareBlock => ({ kind: 'link', text, path })

/** The texts of some that may be missing or empty. */
export const some = (texts: readonly (string | null | undefined)[]): string[] =>
  texts.filter((text): text is string => !!text)
