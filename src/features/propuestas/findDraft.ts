/** Where the form begins: a draft of this phone, a new one, or one that was handed over already. */
import { getDraft } from '@/data/drafts'
import { getSubmission } from '@/data/submissions'
import { HELPS } from '@/domain/propuesta'
import { emptyAnswers, readAnswers } from './answers'
import type { Problem } from './checkDraft'
import type { DraftStart } from './useDraft'

/** What the campaign's page already asked: the part, and whether it helps. */
interface Entry {
  sobre: string | undefined
  ayuda: string | undefined
}

/** A notice refused as outdated is read and answered again, whatever this phone's copy says. */
export async function findDraft(
  id: string,
  entry: Entry,
  refusal: Problem | null,
): Promise<DraftStart | 'handed_over'> {
  const [draft, submission] = await Promise.all([getDraft(id), getSubmission(id)])
  if (submission) return 'handed_over'
  if (!draft) {
    const helps = HELPS.find((answer) => answer === entry.ayuda) ?? null
    return { id, exists: false, answers: { ...emptyAnswers(), about: entry.sobre ?? null, helps } }
  }
  const answers = readAnswers(draft.answers)
  if (refusal?.code === 'notice_outdated') Object.assign(answers, { notice_hash: null, consents_hash: null })
  return { id, exists: true, answers }
}
