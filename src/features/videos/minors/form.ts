/**
 * The form of a video where minors may take part: it asks the age before anybody films. A minor is asked for a first name or
 * a pseudonym and for who looks after them, and not for municipality, sector or an own address.
 */
import type { CampaignForm, FormMaterial, SummaryRow } from '@/campaign/form/campaignForm'
import { visibleLength } from '@/domain/canon'
import { keepCode, loadedFiles } from '@/media/keptCode'
import { videoForm } from '../form'
import { emptyMinor, isMinor, readMinor, refuseMinor, type MinorAnswers } from './answers'
import { consentsOfAge } from './consents'
import StepAdulto from './StepAdulto.vue'
import StepEdad from './StepEdad.vue'
import { t } from './words'

const OF_MINORS = {
  assent: 'edad',
  nickname: 'edad',
  guardian_name: 'adulto',
  guardian_relationship: 'adulto',
  guardian_contact: 'adulto',
}
/** What an adult is asked and a minor is not. */
const OF_ADULTS = new Set(['naming', 'name', 'municipality', 'sector', 'email'])
const { notice, ...rest } = videoForm.stepOf

/** What somebody of this age reads; before the answer everything. */
function materialOf(material: FormMaterial, answers: MinorAnswers): FormMaterial {
  if (answers.adult === null) return material
  const consents = consentsOfAge(material.notice.consents, isMinor(answers))
  return { ...material, notice: { ...material.notice, consents } }
}

function refuse(field: string, answers: MinorAnswers, material: FormMaterial, now: Date): string | null {
  if (field === 'adult') return answers.adult === null ? 'step.edad.missing' : null
  if (field in OF_MINORS) return isMinor(answers) ? refuseMinor(field, answers) : null
  if (isMinor(answers) && OF_ADULTS.has(field)) return null
  return videoForm.refuse(field, answers, material, now)
}

function toPayload(answers: MinorAnswers, material: FormMaterial, now: Date): object {
  const asked = materialOf(material, answers)
  if (!isMinor(answers)) return { ...videoForm.toPayload(answers, asked, now), adult: true }
  const { nickname, guardian_name, guardian_relationship, guardian_contact } = answers
  const named =
    visibleLength(nickname) > 0
      ? ({ naming: 'named', name: nickname } as const)
      : ({ naming: 'anonymous' } as const)
  const without = { ...answers, ...named, municipality: '', sector: '', email: '' }
  return {
    ...videoForm.toPayload(without, asked, now),
    minor: {
      assent: answers.assent,
      guardian: {
        name: guardian_name.trim(),
        relationship: guardian_relationship,
        contact: guardian_contact.trim(),
      },
    },
  }
}

function summary(answers: MinorAnswers, material: FormMaterial): SummaryRow[] {
  const { adult, nickname, guardian_name, guardian_relationship, guardian_contact } = answers
  const empty = t('review.empty')
  const age = { label: t('review.age'), value: adult ? t(`step.edad.${adult}`) : empty, step: 'edad' }
  if (!isMinor(answers)) return [age, ...videoForm.summary(answers, material)]
  const relationship = guardian_relationship && t(`relationship.${guardian_relationship}`)
  return [
    age,
    { label: t('review.nickname'), value: nickname.trim() || empty, step: 'edad' },
    {
      label: t('review.adult'),
      value:
        [guardian_name.trim(), relationship, guardian_contact.trim()].filter(Boolean).join('\n') || empty,
      step: 'adulto',
    },
    ...videoForm.summary(answers, material),
  ]
}

const isOwn = (code: string): code is Parameters<typeof t>[0] => code.startsWith('step.')

export const minorsForm: CampaignForm<MinorAnswers> = {
  ...videoForm,
  steps: ['aviso', 'edad', 'adulto', ...videoForm.steps.slice(1)],
  stepOf: { notice: notice!, adult: 'edad', ...OF_MINORS, ...rest },
  views: { ...videoForm.views, edad: StepEdad, adulto: StepAdulto },
  applies: (step, answers) =>
    step === 'adulto'
      ? isMinor(answers as MinorAnswers)
      : step !== 'sobre-ti' || !isMinor(answers as MinorAnswers),
  titleOf: (step) =>
    step === 'edad' || step === 'adulto' ? t(`step.${step}.title`) : videoForm.titleOf(step),
  materialOf,
  empty: emptyMinor,
  read: readMinor,
  refuse,
  problemText: (code) => (isOwn(code) ? t(code) : videoForm.problemText(code)),
  fieldOf: (code, field) =>
    field !== undefined && (field === 'adult' || field in OF_MINORS) ? field : videoForm.fieldOf(code, field),
  toPayload,
  summary,
}

const isOurs = (url: string) => /\/assets\/online-minors-[^/?]+\.(js|css)$/u.test(url)

/** Keeps this code on the phone, so that the form opens without signal. Never rejects. */
export async function keepMinors(): Promise<void> {
  try {
    await keepCode('minors', loadedFiles(isOurs))
  } catch {
    // no Cache API, or no space: it is fetched again next time
  }
}
