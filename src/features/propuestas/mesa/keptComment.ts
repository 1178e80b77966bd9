/**
 * A comment on an acta: what this phone wrote, and how far it is. It is given with the private link of a folio: of whoever
 * registered for the mesa, otherwise of whoever wrote in the consultation. The id names the ops, which keep their order.
 */
import { db, type Item } from '@/data/db'
import { answersKey } from '@/data/items'
import type { LiveQuery } from '@/data/queries'
import { readEach } from '@/data/readRows'
import { serverNow } from '@/data/serverClock'
import { Fault } from '@/domain/fault'
import { LOCALE } from '@/i18n/translator'
import { enqueueInstead, opsStanding } from '@/sync/enqueueInstead'
import { CONSENT } from './consent'

export interface KeptComment {
  /** The submission by whose private link it is given. */
  submission: string
  id: string
  body: string
  /** As it was handed over last; null before the first time and after it was taken back. */
  given: string | null
}

/** `kept`: on this phone, on its way. `failed`: the server refused it with `code`. `sent`: it has it as `given` says. */
export interface CommentState {
  comment: KeptComment
  folio: string
  secret: string
  state: 'none' | 'kept' | 'sent' | 'failed'
  code: string
}

/** The folios of this phone that may comment, those of the mesa first. One without a folio has not arrived yet. */
async function folios(campaigns: readonly string[]): Promise<(Item & { folio: string })[]> {
  const { rows } = await readEach(db.items)
  const hasFolio = (item: Item): item is Item & { folio: string } => !!item.folio && !item.denied
  return campaigns.flatMap((campaign) =>
    rows.filter(hasFolio).filter(({ convocatoria_id }) => convocatoria_id === campaign),
  )
}

/** Removing the folio from this phone removes what was written with it. */
const keyOf = (submission: string) => answersKey(submission, 'acta')

async function readKept(campaigns: readonly string[]) {
  const items = await folios(campaigns)
  const kept = await Promise.all(items.map(({ id }) => db.meta.get(keyOf(id))))
  const at = Math.max(0, kept.findIndex(Boolean))
  const item = items[at]
  if (!item) return null
  const comment = (kept[at]?.value as KeptComment | undefined) ?? {
    submission: item.id,
    id: crypto.randomUUID(),
    body: '',
    given: null,
  }
  return { comment, item }
}

async function readComment(campaigns: readonly string[]): Promise<CommentState | null> {
  const kept = await readKept(campaigns)
  if (!kept) return null
  const { comment, item } = kept
  const { state, code } = await opsStanding(comment.id)
  return {
    comment,
    folio: item.folio,
    secret: item.secret,
    state: state ?? (comment.given === null ? 'none' : 'sent'),
    code,
  }
}

/** The comment of this phone; null where no folio of it may comment. `campaigns`: that of the mesa, then the consultation. */
export const commentOf = (campaigns: readonly string[]): LiveQuery<CommentState | null> => ({
  tables: [db.items, db.meta, db.outbox],
  read: () => readComment(campaigns),
})

/** Writes a part of a comment, and leaves what was written of it meanwhile. */
const change = (comment: KeptComment, part: Partial<KeptComment>): Promise<unknown> =>
  db.transaction('rw', db.meta, async () => {
    const key = keyOf(comment.submission)
    const now = (await db.meta.get(key))?.value as KeptComment | undefined
    await db.meta.put({ key, value: { ...comment, ...now, ...part } })
  })

/** Keeps what is typed. */
export const keepWords = (comment: KeptComment, body: string): Promise<unknown> => change(comment, { body })

/** Saves an op, and what it hands over. */
const hand = ({ comment, secret }: CommentState, handed: Partial<KeptComment>, payload: object) =>
  enqueueInstead(
    {
      kind: 'mesa.comment',
      entity_id: comment.id,
      secret,
      payload: { submission_id: comment.submission, ...payload },
    },
    () => change(comment, handed),
  )

/** Sends words that are kept, with the consent that the person just gave. It is on disk when it resolves. Faults of storage. */
export function sendComment(
  at: CommentState,
  body: string,
  campaign: { convocatoria: { id: string }; notice?: { hash: string } | undefined },
): Promise<unknown> {
  if (!campaign.notice) return Promise.reject(new Fault('notice_unknown', false))
  return hand(
    at,
    { given: body },
    {
      convocatoria_id: campaign.convocatoria.id,
      body,
      consent: CONSENT,
      notice_hash: campaign.notice.hash,
      locale: LOCALE,
      consented_at: serverNow().toISOString(),
    },
  )
}

/** Takes the comment back, also one that is still on its way. Faults of storage. */
export const takeBack = (at: CommentState, convocatoria_id: string): Promise<unknown> =>
  hand(at, { given: null, body: '' }, { convocatoria_id, withdraw: true })
