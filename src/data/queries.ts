/**
 * Live queries as values. Each names every table that it reads, because Dexie may miss a read after an await
 * (`observeTables.ts`). `queries.test.ts` runs each query in a transaction over its tables only.
 */
import type { Table } from 'dexie'
import { listBroken, type BrokenRow } from './broken'
import { db, type Draft } from './db'
import { listDrafts } from './drafts'
import { getItem } from './items'
import { getConvocatoriaById, getMunicipalities, getNotice, listInsumosWhole } from './publicBase'
import { getSubmission, listSubmissions, type SubmissionView } from './submissions'
import type { Convocatoria, Insumo, Municipalities, Notice } from '@/domain/rows'

export interface LiveQuery<T> {
  readonly tables: readonly Table[]
  readonly read: () => Promise<T>
}

const SUBMISSION_TABLES = [db.items, db.outbox, db.overlay, db.base, db.media]

/** All submissions of this phone, the newest first. */
export const submissions: LiveQuery<SubmissionView[]> = { tables: SUBMISSION_TABLES, read: listSubmissions }

/** A submission; null when it is not on this phone. */
export const submissionById = (id: string): LiveQuery<SubmissionView | null> => ({
  tables: SUBMISSION_TABLES,
  read: async () => (await getSubmission(id)) ?? null,
})

/** A submission that the server has, with its campaign, as its status page shows both; null: not on this phone. */
export const submissionPage = (
  id: string,
): LiveQuery<(SubmissionView & { convocatoria: Convocatoria | undefined }) | null> => ({
  tables: SUBMISSION_TABLES,
  read: async () => {
    const view = await getSubmission(id)
    if (!view) return null
    return {
      ...view,
      convocatoria: view.row ? await getConvocatoriaById(view.row.convocatoria_id) : undefined,
    }
  },
})

/** Drafts and submissions that cannot be read. */
export const brokenRows: LiveQuery<BrokenRow[]> = {
  tables: [db.drafts, ...SUBMISSION_TABLES],
  read: listBroken,
}

/** All readable drafts, including those of corrections, the last saved first. */
export const drafts: LiveQuery<Draft[]> = { tables: [db.drafts], read: listDrafts }

/** The drafts of new submissions. A correction's draft has the id of its submission. */
export const unsentDrafts: LiveQuery<Draft[]> = {
  tables: [db.drafts, db.items],
  read: async () => {
    const all = await listDrafts()
    const items = await Promise.all(all.map(({ id }) => getItem(id)))
    return all.filter((_, index) => !items[index])
  },
}

export interface KeptTotals {
  drafts: number
  items: number
  /** Ops that the server has not accepted. */
  unsent: number
}

/** How much this phone keeps. */
export const keptTotals: LiveQuery<KeptTotals> = {
  tables: [db.drafts, ...SUBMISSION_TABLES],
  read: async () => {
    const [open, sent] = await Promise.all([listDrafts(), listSubmissions()])
    const unsent = sent.reduce((sum, { pending }) => sum + pending.length, 0)
    return { drafts: open.length, items: sent.length, unsent }
  },
}

/** The inputs of every campaign; null while a first read has not brought all of them. */
export const insumosWhole: LiveQuery<Insumo[] | null> = {
  tables: [db.base, db.cursors],
  read: listInsumosWhole,
}

/** The campaign with this id; undefined until it was pulled. */
export const convocatoriaById = (id: string): LiveQuery<Convocatoria | undefined> => ({
  tables: [db.base],
  read: () => getConvocatoriaById(id),
})

export interface Names {
  convocatoria: Convocatoria | undefined
  municipalities: Municipalities | undefined
}

/** What a submission references by key: its campaign and the municipalities, undefined until they were pulled. */
export const namesOf = (convocatoriaId: string): LiveQuery<Names> => ({
  tables: [db.base],
  read: async () => {
    const [convocatoria, municipalities] = await Promise.all([
      getConvocatoriaById(convocatoriaId),
      getMunicipalities(),
    ])
    return { convocatoria, municipalities }
  },
})

/** A notice; null when it is not on this phone. */
export const noticeById = (id: string): LiveQuery<Notice | null> => ({
  tables: [db.base],
  read: async () => (await getNotice(id)) ?? null,
})

/** The notices of these campaigns, each once. */
export const noticesOf = (campaigns: readonly string[]): LiveQuery<Notice[]> => ({
  tables: [db.base],
  read: async () => {
    const found = await Promise.all(campaigns.map(getConvocatoriaById))
    const ids = new Set(found.flatMap((convocatoria) => convocatoria?.notice_id ?? []))
    return (await Promise.all([...ids].map(getNotice))).filter((notice) => notice !== undefined)
  },
})
