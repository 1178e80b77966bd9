import type { SubmissionRow } from '@/domain/rows'
import type { VideoText } from '@/domain/video'

/** Whether the author may still add the transcript: until publication, when there is none. */
export const lacksTranscript = ({ state, content }: Pick<SubmissionRow, 'state' | 'content'>): boolean =>
  (state === 'in_review' || state === 'accepted') && (content as VideoText).transcript === null
