/** Finds where a form starts: a draft on this phone, a new draft, or a draft that was already sent. */
import { getDraft } from '@/data/drafts'
import { getSubmission } from '@/data/submissions'
import type { Stored } from './answers'
import type { CampaignForm, Problem } from './campaignForm'
import type { DraftStart } from './useDraft'

/**
 * The draft with this id, or a new one with the answers in `entry`. After the refusal `notice_outdated` the person
 * must read the notice and answer its consents again, even if this phone's copy of the notice is the same.
 */
export async function findDraft(
  form: CampaignForm,
  id: string,
  entry: Stored,
  refusal: Problem | null,
): Promise<DraftStart | 'handed_over'> {
  const [draft, submission] = await Promise.all([getDraft(id), getSubmission(id)])
  if (submission) return 'handed_over'
  if (!draft) return { id, stored: undefined, answers: form.empty(entry) }
  const answers = form.read(draft.answers)
  if (refusal?.code === 'notice_outdated') Object.assign(answers, { notice_hash: null, consents_hash: null })
  return { id, stored: draft.answers, answers }
}
