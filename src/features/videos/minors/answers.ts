/** What a call for videos that lets minors take part asks besides: the age, and of a minor, who looks after them. */
import { isPayload, oneOf, text, type Stored } from '@/campaign/form/answers'
import { tidied, visibleLength } from '@/domain/canon'
import { canonicalEmail } from '@/domain/email'
import type { Relationship } from '@/domain/minor'
import { emptyAnswers, readAnswers, type Answers } from '../answers'

export const RELATIONSHIPS = ['madre', 'padre', 'tutor', 'otra'] as const satisfies readonly Relationship[]

export interface MinorAnswers extends Answers {
  /** Whether the person is 18 or older; null when unanswered. */
  adult: 'yes' | 'no' | null
  assent: boolean
  nickname: string
  guardian_name: string
  guardian_relationship: Relationship | null
  guardian_contact: string
}

const NOBODY = {
  adult: null,
  assent: false,
  nickname: '',
  guardian_name: '',
  guardian_relationship: null,
  guardian_contact: '',
} as const

export const emptyMinor = (query: Stored = {}): MinorAnswers => ({ ...emptyAnswers(query), ...NOBODY })

const recordOf = (value: unknown): Stored =>
  typeof value === 'object' && value !== null ? (value as Stored) : {}

/** Of a refused payload, which has what a minor said under `minor`. */
function readPayload(stored: Stored): Omit<MinorAnswers, keyof Answers> {
  if (!stored.minor) return { ...NOBODY, adult: stored.adult === true ? 'yes' : null }
  const { assent, guardian } = recordOf(stored.minor)
  const { name, relationship, contact } = recordOf(guardian)
  return {
    adult: 'no',
    assent: assent === true,
    nickname: text(stored.display_name),
    guardian_name: text(name),
    guardian_relationship: oneOf(RELATIONSHIPS, relationship),
    guardian_contact: text(contact),
  }
}

/** The answers from a draft of any version or a refused payload. An unknown value counts as unanswered. */
export const readMinor = (stored: Stored): MinorAnswers => ({
  ...readAnswers(stored),
  ...(isPayload(stored)
    ? readPayload(stored)
    : {
        adult: oneOf(['yes', 'no'], stored.adult),
        assent: stored.assent === true,
        nickname: text(stored.nickname),
        guardian_name: text(stored.guardian_name),
        guardian_relationship: oneOf(RELATIONSHIPS, stored.guardian_relationship),
        guardian_contact: text(stored.guardian_contact),
      }),
})

/** Whether these are of somebody who said to be under 18. */
export const isMinor = ({ adult }: MinorAnswers): boolean => adult === 'no'

const PHONE = /^\+?[0-9]{10,13}$/u
const isContact = (typed: string) =>
  typed.includes('@') ? canonicalEmail(typed) !== null : PHONE.test(typed.replaceAll(/[\s().-]/gu, ''))

/** Which of a minor's own fields prevents sending, by the code of its words; null when none does. As `app.check_minor`. */
export function refuseMinor(field: string, answers: MinorAnswers): string | null {
  const nickname = tidied(answers.nickname)
  switch (field) {
    case 'assent':
      return answers.assent ? null : 'step.edad.assent.missing'
    case 'nickname':
      return /\s/u.test(nickname) || [...nickname].length > 30 ? 'step.edad.nickname.wrong' : null
    case 'guardian_name': {
      const { length } = [...tidied(answers.guardian_name)]
      return visibleLength(answers.guardian_name) === 0 || length > 80 ? 'step.adulto.name.missing' : null
    }
    case 'guardian_relationship':
      return answers.guardian_relationship === null ? 'step.adulto.relationship.missing' : null
    case 'guardian_contact':
      return isContact(answers.guardian_contact) ? null : 'step.adulto.contact.wrong'
    default:
      return null
  }
}
