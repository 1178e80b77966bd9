/** Reads what everybody may read and gives every page of it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { campaignPage } from '@/campaign/share/campaignPage'
import type { SharedKind, SharePage, ShareRead } from '@/campaign/share/sharePage'
import type { Words } from '@/campaign/words'
import type { Bootstrap, Convocatoria } from '@/domain/rows'
import { isSilent } from '@/domain/silence'

const FEATURES = join(import.meta.dirname, '../../src/features')

/** What a folder of a kind has for shared pages; a kind without `share.ts` has the campaign's page only. */
export interface SharedFolder {
  kind: string
  label: string
  words: Words
  share: SharedKind | null
}

const importOf = async (folder: string, file: string) =>
  (await import(pathToFileURL(join(FEATURES, folder, file)).href)) as Record<string, unknown>

/** The kinds of this version, found by the names of their files. */
export async function findKinds(): Promise<SharedFolder[]> {
  const folders = readdirSync(FEATURES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const found = folders.map(async ({ name }): Promise<SharedFolder[]> => {
    const files = readdirSync(join(FEATURES, name))
    if (!files.includes('card.ts')) return []
    const { card } = (await importOf(name, 'card.ts')) as { card: { kind: string; label: string } }
    const { t } = (await importOf(name, 'words.ts')) as { t: Words }
    const share = files.includes('share.ts') ? (await importOf(name, 'share.ts'))['share'] : null
    return [{ ...card, words: t, share: share as SharedKind | null }]
  })
  return (await Promise.all(found)).flat()
}

/** Calls public functions of the project at this address. A refusal is an Error with its code. */
export const readerOf =
  (url: string, key: string): ShareRead =>
  async (fn, args) => {
    const answer = await fetch(`${url}/rest/v1/rpc/${fn}`, {
      method: 'POST',
      headers: { apikey: key, 'content-type': 'application/json' },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(60_000),
    })
    const body = (await answer.json()) as never
    if (!answer.ok) throw new Error((body as { message?: string }).message ?? `${fn}: ${answer.status}`)
    return body
  }

const readPublic = (cursor: string | null, read: ShareRead) =>
  read('pull_changes', { pulls: [{ scope: 'public', cursor }] })

/** Every published campaign, page by page. */
async function* campaignsOf(read: ShareRead): AsyncGenerator<Convocatoria> {
  let cursor: string | null = null
  let more = true
  while (more) {
    const answer: Awaited<ReturnType<typeof readPublic>> = await readPublic(cursor, read)
    const [result] = answer.pulls
    if (!result) throw new Error('pull_changes no contestó las convocatorias')
    for (const change of result.changes)
      if (change.op === 'put' && change.entity === 'convocatoria') yield change.row as Convocatoria
    cursor = result.cursor
    more = result.more
  }
}

/** A page, and whether a list of addresses names it: a retired campaign's pages stay and are not listed. */
export interface SitePage extends SharePage {
  listed: boolean
  label: string
}

/** Every page that everybody may read now. A campaign of an unknown kind has none. */
export async function* pagesOf(
  { institution, now }: Bootstrap,
  kinds: readonly SharedFolder[],
  read: ShareRead,
): AsyncGenerator<SitePage> {
  const isSilence = isSilent(institution.silence, new Date(now))
  for await (const campaign of campaignsOf(read)) {
    const kind = kinds.find((one) => one.kind === campaign.kind)
    if (!kind) continue
    const about = { listed: !campaign.retired, label: campaign.label ?? institution.demo_label ?? '' }
    yield { ...campaignPage(campaign, kind.words, kind.label, now), ...about }
    if (!kind.share || (kind.share.promotes && isSilence)) continue
    for await (const page of kind.share.pagesOf(campaign, read)) yield { ...page, ...about }
  }
}
