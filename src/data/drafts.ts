/** Drafts. Each save is its own transaction, so a crash loses only what was typed after the last save. */
import { serverNow } from './serverClock'
import { db, type Draft } from './db'
import { MEDIA_TABLES, dropMedia } from './mediaRows'
import { readEach } from './readRows'
import { asStorage } from './storageFault'

export type { Draft }

/** Creates a draft; its id becomes the submission's id. Faults: `storage_full`, `storage_failed`. */
export async function createDraft(
  convocatoria: { id: string; kind: string; title: string },
  id: string = crypto.randomUUID(),
): Promise<Draft> {
  const draft: Draft = {
    id,
    kind: convocatoria.kind,
    convocatoria_id: convocatoria.id,
    convocatoria_title: convocatoria.title,
    answers: {},
    step: '',
    updated_at: serverNow().toISOString(),
  }
  await asStorage(() => db.drafts.add(draft))
  return draft
}

export const getDraft = (id: string): Promise<Draft | undefined> => db.drafts.get(id)

/**
 * Writes all answers of a draft; the last writer wins. Resolves with true when they are on disk, with false when
 * another tab has sent or discarded the draft. Faults: `storage_full`, `storage_failed`.
 */
export async function saveAnswers(id: string, answers: object, step: string): Promise<boolean> {
  const plain = JSON.parse(JSON.stringify(answers)) as Draft['answers'] // reactive proxies cannot be stored
  const change = { answers: plain, step, updated_at: serverNow().toISOString() }
  return (await asStorage(() => db.drafts.update(id, change))) === 1
}

const isText = (value: unknown): boolean => typeof value === 'string'

const isDraft = ({ kind, convocatoria_id, answers, step, updated_at }: Draft): boolean =>
  [kind, convocatoria_id, step, updated_at].every(isText) && typeof answers === 'object' && answers !== null

/** All readable drafts, the last saved first, and the ids of the unreadable ones. */
export async function readDrafts(): Promise<{ drafts: Draft[]; broken: string[] }> {
  const { rows, broken } = await readEach(db.drafts)
  const drafts = rows.filter(isDraft).sort((a, b) => b.updated_at.localeCompare(a.updated_at))
  return { drafts, broken: [...broken, ...rows.filter((row) => !isDraft(row)).map(({ id }) => id)] }
}

/** All readable drafts, the last saved first. */
export const listDrafts = async (): Promise<Draft[]> => (await readDrafts()).drafts

/**
 * Deletes a draft with its video, because the person discards it. A submission with the same id keeps its video: another
 * tab sent it, or the draft was a correction. Faults: `storage_full`, `storage_failed`.
 */
export const discardDraft = (id: string): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', [db.drafts, db.items, ...MEDIA_TABLES], async () => {
      await db.drafts.delete(id)
      if (!(await db.items.get(id))) await dropMedia(id)
    }),
  )

/** Deletes a draft whose op was enqueued. Its video stays. Faults: `storage_full`, `storage_failed`. */
export const forgetDraft = (id: string): Promise<void> => asStorage(() => db.drafts.delete(id))
