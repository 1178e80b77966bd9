/** What an author can change in a video, before review or when asked: its pillar and its texts, never the file. */
import { defineAsyncComponent } from 'vue'
import { text, textOrNull, type Stored } from '@/campaign/form/answers'
import type { Problem } from '@/campaign/form/campaignForm'
import type { CorrectionForm } from '@/campaign/form/correction'
import type { Convocatoria } from '@/domain/rows'
import { refuseSummary, refuseTitle, refuseTranscript, type VideoText } from '@/domain/video'
import { refusalText } from '@/i18n/refusals'
import { detailsOf } from './details'

/** `transcript` is '' when unanswered. */
export interface CorrectionAnswers {
  pillar: string | null
  title: string
  summary: string
  transcript: string
}

function read(stored: Stored): CorrectionAnswers | undefined {
  if (typeof stored.title !== 'string') return undefined
  return {
    pillar: textOrNull(stored.pillar),
    title: stored.title,
    summary: text(stored.summary),
    transcript: text(stored.transcript),
  }
}

function refusePillar(pillar: string | null, convocatoria: Convocatoria | undefined): string | null {
  if (!convocatoria && pillar !== null) return null
  const isKnown = convocatoria && detailsOf(convocatoria).pillars.some(({ key }) => key === pillar)
  return isKnown ? null : 'pillar_unknown'
}

function findProblems(answers: CorrectionAnswers, convocatoria: Convocatoria | undefined): Problem[] {
  const found = [
    { field: 'pillar', code: refusePillar(answers.pillar, convocatoria) },
    { field: 'title', code: refuseTitle(answers.title) },
    { field: 'summary', code: refuseSummary(answers.summary) },
    { field: 'transcript', code: refuseTranscript(answers.transcript) },
  ]
  return found.flatMap(({ field, code }) => (code ? [{ field, code }] : []))
}

/** The payload of `video.correct`. */
function toPayload({ pillar, title, summary, transcript }: CorrectionAnswers): VideoText {
  if (pillar === null) throw new Error('a video without its pillar')
  return {
    pillar,
    title: title.trim(),
    summary: summary.trim(),
    transcript: transcript.trim() || null,
  }
}

export const correction: CorrectionForm<CorrectionAnswers> = {
  op: 'video.correct',
  Fields: defineAsyncComponent(() => import('./VideoCorrectionFields.vue')),
  read,
  findProblems,
  problemText: refusalText,
  toPayload,
}
