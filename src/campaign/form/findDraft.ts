/** Where a form begins: a draft of this phone, a new one, or one that was handed over already. */
import { getDraft } from '@/data/drafts'
import { getSubmission } from '@/data/submissions'
import type { Kept } from './answers'
import type { CampaignForm, Problem } from './campaignForm'
import type { DraftStart } from './useDraft'

/** A notice refused as outdated is read and answered again, whatever this phone's copy says. */
export async function findDraft(
  form: CampaignForm,
  id: string,
  entry: Kept,
  refusal: Problem | null,
): Promise<DraftStart | 'handed_over'> {
  const [draft, submission] = await Promise.all([getDraft(id), getSubmission(id)])
  if (submission) return 'handed_over'
  if (!draft) return { id, exists: false, answers: form.empty(entry) }
  const answers = form.read(draft.answers)
  if (refusal?.code === 'notice_outdated') Object.assign(answers, { notice_hash: null, consents_hash: null })
  return { id, exists: true, answers }
}
