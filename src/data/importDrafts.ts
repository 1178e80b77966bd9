/**
 * Takes up a file that a phone wrote (`exportDrafts.ts`): all of it in one transaction or nothing. What was not
 * sent there is a draft here, with the same id: whichever phone sends it first, the server has it once.
 */
import { opTraits } from '@/domain/ops'
import type { Draft } from './db'
import { db } from './db'
import type { Portable, PortableLink, PortableUnsent } from './portableFile'
import { asStorage } from './storageFault'

/** As `sync/discard.ts` and `folio/correctionDraft.ts` name them. */
const REVIEW_STEP = 'revisa'
const CORRECTION_STEP = 'corregir'

export interface Imported {
  drafts: number
  links: number
  /** Already here, already sent from here, or a correction that is being written here too. */
  kept: number
  /** Changes of a submission whose private link is not on this phone, and acts that no file repeats. */
  left: number
}

const OUTCOME_OF = { taken: 'drafts', kept: 'kept', left: 'left' } as const
type Outcome = keyof typeof OUTCOME_OF

/** An unsent text as a draft; null for what is no text: a withdrawal, a seat given back. */
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

/** Beside what was written here under the same id, never over it: no clock tells which of two the person wants. */
async function takeCopy(draft: Draft): Promise<Outcome> {
  const isHere = await db.drafts.filter((one) => wordsOf(one) === wordsOf(draft)).count()
  if (isHere > 0) return 'kept'
  await db.drafts.add({ ...draft, id: crypto.randomUUID() })
  return 'taken'
}

async function takeDraft(draft: Draft): Promise<Outcome> {
  const isItem = (await db.items.where('id').equals(draft.id).count()) > 0
  const isCorrection = draft.step === CORRECTION_STEP
  if (isItem !== isCorrection) return isItem ? 'kept' : 'left' // already sent from here; or its link is not here
  if ((await db.drafts.where('id').equals(draft.id).count()) === 0) await db.drafts.add(draft)
  else return isCorrection ? 'kept' : takeCopy(draft)
  return 'taken'
}

/**
 * Writes what the file brings and tells what came in. A draft of here is never written over: another text under its
 * id comes in as a second draft. Faults: `storage_full`, `storage_failed`.
 */
export const importPortable = (file: Portable): Promise<Imported> =>
  asStorage(() =>
    db.transaction('rw', [db.drafts, db.items], async () => {
      const told: Imported = { drafts: 0, links: 0, kept: 0, left: 0 }
      for (const link of file.links ?? []) {
        if ((await takeLink(link)) === 'taken') told.links += 1
      }
      const drafts = [...file.unsent.map(draftOf), ...file.drafts]
      for (const draft of drafts) told[OUTCOME_OF[draft ? await takeDraft(draft) : 'left']] += 1
      return told
    }),
  )
