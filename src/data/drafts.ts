/** Drafts: each save is a transaction of its own, so a crash costs at most the key being pressed. */
import { db, type Draft } from './db'
import { MEDIA_TABLES, dropMedia } from './mediaRows'
import { readEach } from './readRows'
import { asStorage } from './storageFault'

export type { Draft }

/** Starts a draft; its id is the submission's. Faults: `storage_full`, `storage_failed`. */
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
    updated_at: new Date().toISOString(),
  }
  await asStorage(() => db.drafts.add(draft))
  return draft
}

export const getDraft = (id: string): Promise<Draft | undefined> => db.drafts.get(id)

/**
 * Writes all answers of a draft; the last writer wins. Resolves when they are on disk, with false when the
 * draft is no longer there (sent or discarded in another tab). Faults: `storage_full`, `storage_failed`.
 */
export async function saveAnswers(id: string, answers: object, step: string): Promise<boolean> {
  const plain = JSON.parse(JSON.stringify(answers)) as Draft['answers'] // reactive proxies cannot be stored
  const change = { answers: plain, step, updated_at: new Date().toISOString() }
  return (await asStorage(() => db.drafts.update(id, change))) === 1
}

const isText = (value: unknown): boolean => typeof value === 'string'

const isDraft = ({ kind, convocatoria_id, answers, step, updated_at }: Draft): boolean =>
  [kind, convocatoria_id, step, updated_at].every(isText) && typeof answers === 'object' && answers !== null

/** All drafts, the last touched first, and the ids of those that cannot be read. */
export async function readDrafts(): Promise<{ drafts: Draft[]; broken: string[] }> {
  const { rows, broken } = await readEach(db.drafts)
  const drafts = rows.filter(isDraft).sort((a, b) => b.updated_at.localeCompare(a.updated_at))
  return { drafts, broken: [...broken, ...rows.filter((row) => !isDraft(row)).map(({ id }) => id)] }
}

/** All drafts that can be read, the last touched first. */
export const listDrafts = async (): Promise<Draft[]> => (await readDrafts()).drafts

/**
 * The person throws a draft away: answers and video go together. What was sent meanwhile in another tab, and
 * a correction's submission, keep their video. Faults: `storage_full`, `storage_failed`.
 */
export const discardDraft = (id: string): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', [db.drafts, db.items, ...MEDIA_TABLES], async () => {
      await db.drafts.delete(id)
      if (!(await db.items.get(id))) await dropMedia(id)
    }),
  )

/** Forgets the answers of a draft whose submission goes on without it: it was enqueued. Its video stays. */
export const forgetDraft = (id: string): Promise<void> => asStorage(() => db.drafts.delete(id))
