/** The app's path from «Enviar» to the strict commit: `useSend` on a draft, with the engine running. */
import '../support/stores'
import '@/features/kinds'
import { material } from '@/campaign/testing/material'
import { useSend } from '@/campaign/form/useSend'
import { db } from '@/data/db'
import { createDraft, saveAnswers } from '@/data/drafts'
import { propuestaForm } from '@/features/propuestas/form'
import { completeAnswers } from '@/features/propuestas/testing/answers'
import { addToOutbox, makeOp } from '@/sync/enqueue'
import { startSync } from '@/sync/start'
import { expose, watchDurability } from '../support/expose'
import { wordsOf } from '../support/words'

watchDurability()
let written = 0
let next: { id: string; answers: ReturnType<typeof completeAnswers> } | null = null
const samples: number[] = []

const answersOf = (index: number) => ({ ...completeAnswers(), ...wordsOf(index) })

/** Queues ops as «Enviar» does. */
async function fill(count: number): Promise<void> {
  await db.transaction('rw', [db.outbox, db.overlay, db.items], async () => {
    for (; written < count; written += 1) {
      const id = crypto.randomUUID()
      const payload = propuestaForm.toPayload(answersOf(written), material, new Date())
      const at = new Date().toISOString()
      await addToOutbox(makeOp({ kind: 'propuesta.submit', entity_id: id, payload, secret: id }, at))
      const rest = { convocatoria_id: material.convocatoria.id, folio: null, created_at: at }
      await db.items.add({ id, kind: 'propuestas', title: 'Propuesta', secret: id, ...rest })
    }
  })
  startSync()
}

/** Creates a draft with all its answers. The next tap sends it. */
async function prepare(): Promise<void> {
  const { id } = await createDraft(material.convocatoria)
  const answers = answersOf(written++)
  await saveAnswers(id, answers, 'revisa')
  next = { id, answers }
}

document.getElementById('tap')!.addEventListener('click', async (event) => {
  const { id, answers } = next!
  const isSaved = await useSend(propuestaForm).send(id, answers, material)
  const took = performance.now() - event.timeStamp
  if (!isSaved) throw new Error('not saved')
  samples.push(took)
})

expose({
  fill,
  prepare,
  queued: () => db.outbox.count(),
  samples: () => samples.splice(0),
  durabilities: () => [...window.durabilities],
})
