/** The form of a capture: the answers of a citizen's form, checked and sent by the same rules. */
import { findProblems, type FormMaterial } from '@/campaign/form/campaignForm'
import { visibleLength } from '@/domain/canon'
import type { PropuestaSubmission } from '@/domain/propuesta'
import type { Notice } from '@/domain/rows'
import type { Answers } from '../../answers'
import { propuestaForm } from '../../form'

/** A name that is left empty is anonymous, and the notice is the one that the person had before them. */
const whole = (answers: Answers, { notice }: FormMaterial): Answers => ({
  ...answers,
  naming: visibleLength(answers.name) > 0 ? 'named' : 'anonymous',
  notice_hash: notice.hash,
  consents_hash: notice.hash,
})

/** The permissions that a sheet or a promoter's phone asks for: nobody hands in a voice note for somebody. */
export const askedConsents = ({ consents }: Notice): Notice['consents'] =>
  consents.filter(({ key }) => key !== 'voice')

/** Why a capture cannot be saved, in words by field. Hints: the server decides. */
export const problemsOf = (
  answers: Answers,
  material: FormMaterial,
  now: Date,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    findProblems(propuestaForm, whole(answers, material), material, now).map(({ field, code }) => [
      field,
      propuestaForm.problemText(code),
    ]),
  )

/** What passed `problemsOf`, as it is sent. `now`: when the person accepted, where the answers do not say it. */
export const formOf = (answers: Answers, material: FormMaterial, now: Date): PropuestaSubmission =>
  propuestaForm.toPayload(whole(answers, material), material, now) as PropuestaSubmission
