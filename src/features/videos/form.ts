/** The form of a video: its file, what it is about, then the person. */
import type { CampaignForm, FormMaterial, SummaryRow } from '@/campaign/form/campaignForm'
import { commonProblemText, fieldOfCommon, refuseCommon } from '@/campaign/form/checks'
import { aboutYou, commonPayload } from '@/campaign/form/payload'
import {
  refuseMedia,
  refuseSummary,
  refuseTitle,
  refuseTranscript,
  type VideoSubmission,
} from '@/domain/video'
import { mediaOf } from '@/media/store'
import { emptyAnswers, pillarOf, readAnswers, type Answers } from './answers'
import { detailsOf } from './details'
import { factsLine } from './facts'
import StepDescripcion from './steps/StepDescripcion.vue'
import StepVideo from './steps/StepVideo.vue'
import { t } from './words'

const STEPS = ['aviso', 'video', 'texto', 'sobre-ti', 'permisos', 'revisa'] as const

const STEP_OF = {
  notice: 'aviso',
  media: 'video',
  pillar: 'texto',
  title: 'texto',
  summary: 'texto',
  transcript: 'texto',
  naming: 'sobre-ti',
  name: 'sobre-ti',
  municipality: 'sobre-ti',
  sector: 'sobre-ti',
  email: 'sobre-ti',
  consents: 'permisos',
  window: 'revisa',
}

const FIELD_OF_CODE: Record<string, string> = {
  pillar_unknown: 'pillar',
  title_required: 'title',
  title_too_long: 'title',
  summary_required: 'summary',
  summary_too_long: 'summary',
  transcript_too_long: 'transcript',
  media_type_unsupported: 'media',
  media_too_large: 'media',
  media_too_short: 'media',
  media_too_long: 'media',
  media_hash_invalid: 'media',
  text_unstorable: 'title',
}

const pillarTitle = (answers: Answers, { convocatoria }: FormMaterial) =>
  pillarOf(answers, detailsOf(convocatoria).pillars)?.title

/** The present limits were judged when the file was chosen. */
function refuseFile({ media }: Answers, { convocatoria }: FormMaterial): string | null {
  const limits = detailsOf(convocatoria)
  return media === null ? 'media_required' : refuseMedia(media, limits.once ?? limits)
}

function refuse(field: string, answers: Answers, material: FormMaterial, now: Date): string | null {
  switch (field) {
    case 'pillar':
      return pillarTitle(answers, material) === undefined ? 'pillar_unknown' : null
    case 'media':
      return refuseFile(answers, material)
    case 'title':
      return refuseTitle(answers.title)
    case 'summary':
      return refuseSummary(answers.summary)
    case 'transcript':
      return refuseTranscript(answers.transcript)
    default:
      return refuseCommon(field, answers, material, now)
  }
}

/** The payload of `video.submit`, for answers without problems. */
function toPayload(answers: Answers, material: FormMaterial, now: Date): VideoSubmission {
  const { pillar, media, poster, title, summary, transcript } = answers
  if (pillar === null || media === null) throw new Error('a video without its pillar or its file')
  return {
    ...commonPayload(answers, material, now),
    ...aboutYou(answers, material),
    pillar,
    media: { ...media },
    poster,
    title: title.trim(),
    summary: summary.trim(),
    transcript: transcript.trim() || null,
  }
}

function summary(answers: Answers, material: FormMaterial): SummaryRow[] {
  const empty = t('step.revisa.empty')
  const { media, title, summary: about, transcript } = answers
  return [
    { label: t('step.revisa.video'), value: media ? factsLine(media) : empty, step: 'video' },
    { label: t('step.revisa.pillar'), value: pillarTitle(answers, material) ?? empty, step: 'texto' },
    { label: t('step.texto.name'), value: title.trim() || empty, step: 'texto' },
    { label: t('step.texto.summary'), value: about.trim() || empty, step: 'texto' },
    {
      label: t('step.texto.transcript'),
      value: transcript.trim() || t('step.revisa.no_transcript'),
      step: 'texto',
    },
  ]
}

export const videoForm: CampaignForm<Answers> = {
  kind: 'videos',
  submit: 'video.submit',
  path: 'video',
  steps: STEPS,
  stepOf: STEP_OF,
  moved: { pilar: 'texto' },
  views: { video: StepVideo, texto: StepDescripcion },
  words: t,
  applies: () => true,
  titleOf: (step) => t(`step.${step as (typeof STEPS)[number]}.title`),
  empty: emptyAnswers,
  read: readAnswers,
  refuse,
  problemText: (code) => (code === 'media_required' ? t('step.video.required') : commonProblemText(code, t)),
  fieldOf: (code, field) => FIELD_OF_CODE[code] ?? fieldOfCommon(code, field),
  toPayload,
  clearMissing: async (draftId, { media }) =>
    media && (await mediaOf(draftId))?.id !== media.id ? { media: null, poster: null } : null,
  summary,
}
