import type { SubmissionRow } from '@/domain/rows'
import type { VideoContent } from '@/domain/video'

/** Whether the author may still add the transcript: until publication, when there is none and somebody speaks. */
export const lacksTranscript = ({ state, content }: Pick<SubmissionRow, 'state' | 'content'>): boolean => {
  const { transcript, voiceless } = content as VideoContent
  return (state === 'in_review' || state === 'accepted') && transcript === null && !voiceless
}
