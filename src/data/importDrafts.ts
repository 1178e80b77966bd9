/**
 * Imports a file that a phone wrote (`exportDrafts.ts`), in one transaction. An unsent op becomes a draft with the same
 * id, so the server gets the submission once, whichever phone sends it.
 */
import { opTraits } from '@/domain/ops'
import type { Draft } from './db'
import { db } from './db'
import type { Portable, PortableLink, PortableUnsent } from './portableFile'
import { asStorage } from './storageFault'

/** The steps that `sync/discard.ts` and the correction's form use. */
const REVIEW_STEP = 'revisa'
const CORRECTION_STEP = 'corregir'

export interface Imported {
  drafts: number
  links: number
  /** Not imported: already here, already sent from here, or a correction that is also being written here. */
  kept: number
  /** Not imported: changes of a submission whose link is not on this phone, and acts that are no text. */
  left: number
}

const OUTCOME_OF = { taken: 'drafts', kept: 'kept', left: 'left' } as const
type Outcome = keyof typeof OUTCOME_OF

/** An unsent op as a draft; null for an op without text, such as a withdrawal. */
function draftOf({
  op,
  id,
  kind,
  convocatoria_id,
  convocatoria_title,
  captured_at,
  payload,
}: PortableUnsent): Draft | null {
  const { submits, corrects } = opTraits(op)
  if (!submits && !corrects) return null
  const step = submits ? REVIEW_STEP : CORRECTION_STEP
  return { id, kind, convocatoria_id, convocatoria_title, answers: payload, step, updated_at: captured_at }
}

async function takeLink(link: PortableLink): Promise<Outcome> {
  if ((await db.items.where('id').equals(link.id).count()) > 0) return 'kept'
  await db.items.add(link)
  return 'taken'
}

const wordsOf = ({ convocatoria_id, answers }: Draft): string => JSON.stringify([convocatoria_id, answers])

/** Adds a second draft beside the one with the same id: no clock tells which of the two texts the person wants. */
async function takeCopy(draft: Draft): Promise<Outcome> {
  const isHere = await db.drafts.filter((one) => wordsOf(one) === wordsOf(draft)).count()
  if (isHere > 0) return 'kept'
  await db.drafts.add({ ...draft, id: crypto.randomUUID() })
  return 'taken'
}

async function takeDraft(draft: Draft): Promise<Outcome> {
  const isItem = (await db.items.where('id').equals(draft.id).count()) > 0
  const isCorrection = draft.step === CORRECTION_STEP
  if (isItem !== isCorrection) return isItem ? 'kept' : 'left' // sent from here already, or its link is not here
  if ((await db.drafts.where('id').equals(draft.id).count()) === 0) await db.drafts.add(draft)
  else return isCorrection ? 'kept' : takeCopy(draft)
  return 'taken'
}

/**
 * Imports a file and returns how many rows were imported or not. It never overwrites a draft: another text with the
 * same id becomes a second draft. Faults: `storage_full`, `storage_failed`.
 */
export const importPortable = (file: Portable): Promise<Imported> =>
  asStorage(() =>
    db.transaction('rw', [db.drafts, db.items], async () => {
      const imported: Imported = { drafts: 0, links: 0, kept: 0, left: 0 }
      for (const link of file.links ?? []) {
        if ((await takeLink(link)) === 'taken') imported.links += 1
      }
      const drafts = [...file.unsent.map(draftOf), ...file.drafts]
      for (const draft of drafts) imported[OUTCOME_OF[draft ? await takeDraft(draft) : 'left']] += 1
      return imported
    }),
  )
