/** The app: saving is `enqueue`, and the engine of an open page does the rest. */
import '../support/stores'
import '@/features/kinds'
import { db } from '@/data/db'
import { saveItem } from '@/data/items'
import { getSubmission } from '@/data/submissions'
import type { PropuestaSubmission } from '@/domain/propuesta'
import { enqueue } from '@/sync/enqueue'
import { startSync, syncNow } from '@/sync/start'
import { expose } from '../support/expose'

const secretOf = (id: string) => id.replaceAll('-', '')

/** Revision 1 sends a proposal; later ones withdraw it and undo the withdrawal in turn. */
async function save(id: string, rev: number, common: PropuestaSubmission): Promise<void> {
  const secret = secretOf(id)
  if (rev > 1) {
    const kind = rev % 2 === 0 ? 'submission.withdraw' : 'submission.undo_withdraw'
    await enqueue({ kind, entity_id: id, payload: {}, secret })
  } else {
    const at = new Date().toISOString()
    const rest = { convocatoria_id: common.convocatoria_id, folio: null, created_at: at }
    await enqueue({ kind: 'propuesta.submit', entity_id: id, payload: common, secret }, () =>
      saveItem({ id, kind: 'propuestas', title: 'Propuesta', secret, ...rest }),
    )
  }
  void window.promised(id, rev)
}

async function view(): Promise<Record<string, number>> {
  const items = await db.items.toArray()
  const rows = await Promise.all(
    items.map(async ({ id }) => [id, (await getSubmission(id))?.row?.version ?? 0]),
  )
  return Object.fromEntries(rows) as Record<string, number>
}

startSync()
expose({
  save,
  view,
  pending: async () => (await db.outbox.toArray()).map((op) => op.entity_id),
  pull: syncNow,
  shared: async () => (await db.base.filter((one) => one.entity === 'insumo').toArray()).map(({ id }) => id),
})
