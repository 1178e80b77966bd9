/** What a volunteer types for somebody who comes without a registration, and why it cannot be saved. */
import { visibleLength } from '@/domain/canon'
import type { Convocatoria, Notice } from '@/domain/rows'
import { refusalText } from '@/i18n/refusals'
import { detailsOf } from '@/features/jornadas/days'
import { groupOf, refusePost, type SujetoObligado } from '@/features/jornadas/registration'
import type { WalkIn } from './doorOps'
import type { WalkInAnswers } from './useNotes'
import { t } from './words'

export interface WalkInTyped {
  body: Pick<SujetoObligado, 'id' | 'name' | 'class_key'> | null
  name: string
  post: string
  /** Whether the person heard the notice and accepted it. */
  isRead: boolean
  /** The keys of the consents that the person gave. */
  granted: string[]
}

export const nothingTyped = (): WalkInTyped => ({
  body: null,
  name: '',
  post: '',
  isRead: false,
  granted: [],
})

/** What was typed for a walk-in that the server refused. The body is chosen again, because it may be the reason. */
export const typedOf = ({ display_name, post }: WalkIn): WalkInTyped => ({
  ...nothingTyped(),
  name: display_name,
  post,
})

/** A need is not asked at the door: whoever is there says it. So its consent is not asked either. */
export const consentsAtDoor = ({ consents }: Pick<Notice, 'consents'>) =>
  consents.filter(({ key, required }) => required || key !== 'accessibility')

type Problems = Partial<Record<keyof WalkInTyped, string>>

function bodyProblem({ body }: WalkInTyped, campaign: Convocatoria, groupId: string): string | undefined {
  if (!body) return t('walkin.problem.body')
  const group = groupOf(body.class_key, detailsOf(campaign).groups)
  return group?.id === groupId ? undefined : t('walkin.problem.group')
}

/** Why what was typed cannot be saved, by field. Hints: the server decides. */
export function problemsOf(
  typed: WalkInTyped,
  campaign: Convocatoria,
  notice: Notice,
  groupId: string,
): Problems {
  const isMissing = consentsAtDoor(notice).some(
    ({ key, required }) => required && !typed.granted.includes(key),
  )
  const post = visibleLength(typed.post) > 0 ? refusePost(typed.post) : null
  const problems: Partial<Record<keyof WalkInTyped, string | undefined>> = {
    body: bodyProblem(typed, campaign, groupId),
    name: visibleLength(typed.name) > 0 ? undefined : t('walkin.problem.name'),
    post: post ? refusalText(post) : undefined,
    isRead: typed.isRead ? undefined : t('walkin.problem.read'),
    granted: isMissing ? t('walkin.problem.consent') : undefined,
  }
  return Object.fromEntries(Object.entries(problems).filter(([, words]) => words)) as Problems
}

/** What is saved of what passed `problemsOf`. `now`: when the person accepted. */
export function answersOf(typed: WalkInTyped, notice: Notice, now: Date): WalkInAnswers {
  const asked = new Set(consentsAtDoor(notice).map(({ key }) => key))
  return {
    body_id: typed.body!.id,
    body_name: typed.body!.name,
    display_name: typed.name.trim(),
    post: typed.post.trim(),
    notice_id: notice.id,
    notice_hash: notice.hash,
    locale: 'es-MX',
    consented_at: now.toISOString(),
    consents: notice.consents.map(({ key }) => ({
      key,
      granted: asked.has(key) && typed.granted.includes(key),
    })),
  }
}
