/** Collects what exists only on this phone for a file: drafts, and the payloads of unsent ops. */
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

/** Answers without the references to this phone's video bytes, which the file does not carry. */
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

/** The private links of submissions that the server may have. A link to any other would open nothing. */
const linksOf = async (items: Item[], ops: OutboxOp[]): Promise<PortableLink[]> => {
  const never = new Set(ops.filter(isSubmit).map((op) => op.entity_id))
  const damaged = await damagedEntities()
  const mayBeThere = ({ id, folio }: Item) => !never.has(id) && (folio !== null || !damaged.has(id))
  return carriable.links(items.filter(mayBeThere))
}

const ownOps = async (): Promise<OutboxOp[]> => (await readOps()).filter((op) => !op.actor && !isAttach(op))

/** The content of a file that is saved at `now`; private links only when the person asks. Omits unreadable rows. */
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

/** The content of a file with links, saved now. */
export const portableNow: LiveQuery<Portable> = {
  tables: [db.drafts, db.items, db.outbox, db.base],
  read: () => collectPortable(true, serverNow()),
}
