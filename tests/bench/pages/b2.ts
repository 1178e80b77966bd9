/** The app's engine in an open page, which sends the outbox when it is notified. */
import '../support/stores'
import '@/features/kinds'
import { db } from '@/data/db'
import type { PropuestaSubmission } from '@/domain/propuesta'
import { addToOutbox, announce, makeOp } from '@/sync/enqueue'
import { syncNow } from '@/sync/start'
import { expose } from '../support/expose'
import { wordsOf } from '../support/words'

/** Pulls the public rows as an open app has, which also warms up the connection. */
const warm = () => syncNow()

async function fill(count: number, common: PropuestaSubmission): Promise<void> {
  await db.transaction('rw', [db.outbox, db.overlay, db.items], async () => {
    for (let index = 0; index < count; index += 1) {
      const id = crypto.randomUUID()
      const secret = id.replaceAll('-', '')
      const at = new Date().toISOString()
      const payload = { ...common, ...wordsOf(index) }
      await addToOutbox(makeOp({ kind: 'propuesta.submit', entity_id: id, payload, secret }, at))
      const rest = { convocatoria_id: common.convocatoria_id, folio: null, created_at: at }
      await db.items.add({ id, kind: 'propuestas', title: 'Propuesta', secret, ...rest })
    }
  })
}

/** Resolves when the server has answered every op. */
async function drain(): Promise<void> {
  announce()
  while ((await db.outbox.count()) > 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

expose({ warm, fill, drain })
