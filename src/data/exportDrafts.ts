/** What exists only on this phone, as a file to keep: drafts, and the words of what was not sent yet. */
import { kindNamed } from '@/domain/kinds'
import { isAttach, isSubmit } from '@/domain/ops'
import { campaignOf } from './campaignOf'
import { db, type Item, type OutboxOp } from './db'
import { readDrafts } from './drafts'
import type { LiveQuery } from './queries'
import { serverNow } from './serverClock'
import {
  PORTABLE,
  PORTABLE_VERSION,
  carriable,
  type Portable,
  type PortableDraft,
  type PortableLink,
  type PortableUnsent,
} from './portableFile'
import { damagedEntities, readEach, readOps } from './readRows'

/** No file carries bytes: what names those of this phone is left out. */
const withoutBytes = (kind: string, written: Record<string, unknown>): Record<string, unknown> =>
  kindNamed(kind)?.withoutBytes?.(written) ?? written

async function unsentOf(op: OutboxOp, items: Map<string, Item>): Promise<PortableUnsent> {
  const payload = op.payload as Record<string, unknown>
  const campaign = await campaignOf(op, items.get(op.entity_id))
  return {
    ...campaign,
    id: op.entity_id,
    op: op.kind,
    captured_at: op.captured_at,
    payload: withoutBytes(campaign.kind, payload),
  }
}

/** A link opens what the server has: one that it never got has none yet. */
const linksOf = async (items: Item[], ops: OutboxOp[]): Promise<PortableLink[]> => {
  const never = new Set(ops.filter(isSubmit).map((op) => op.entity_id))
  const damaged = await damagedEntities()
  const mayBeThere = ({ id, folio }: Item) => !never.has(id) && (folio !== null || !damaged.has(id))
  return carriable.links(items.filter(mayBeThere))
}

const ownOps = async (): Promise<OutboxOp[]> => (await readOps()).filter((op) => !op.actor && !isAttach(op))

/** Everything the file may carry; `links` only at the person's word. What cannot be read is left out. */
export async function collectPortable(withLinks: boolean, now: Date): Promise<Portable> {
  const [{ drafts }, { rows: items }, ops] = await Promise.all([readDrafts(), readEach(db.items), ownOps()])
  const byId = new Map(items.map((item) => [item.id, item]))
  const carried = drafts.map((draft): PortableDraft => ({
    ...draft,
    answers: withoutBytes(draft.kind, draft.answers),
  }))
  return {
    format: PORTABLE,
    version: PORTABLE_VERSION,
    saved_at: now.toISOString(),
    drafts: carriable.drafts(carried),
    unsent: carriable.unsent(await Promise.all(ops.map((op) => unsentOf(op, byId)))),
    ...(withLinks && { links: await linksOf(items, ops) }),
  }
}

/** What a file with everything would carry now. */
export const portableNow: LiveQuery<Portable> = {
  tables: [db.drafts, db.items, db.outbox, db.base],
  read: () => collectPortable(true, serverNow()),
}
