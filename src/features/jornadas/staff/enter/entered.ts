/** What staff type for somebody who asked to be registered, why it cannot be sent, and the payload of `registration.enter`. */
import { visibleLength } from '@/domain/canon'
import { canonicalEmail, refuseEmail } from '@/domain/email'
import type { Refusal } from '@/domain/refusals'
import type { Convocatoria, Notice } from '@/domain/rows'
import { refusalText } from '@/i18n/refusals'
import { daysOf, detailsOf } from '../../days'
import { groupOf, refuseDays, refuseNeed, refusePost, type SujetoObligado } from '../../registration'
import type { RegistrationSubmission } from '../../submission'
import { t } from './words'

/** How the person asked, as the server keeps it beside each consent. */
export const CHANNELS = ['telephone', 'in_person', 'letter'] as const
export type Channel = (typeof CHANNELS)[number]

/** The consent for a need, as in the notice. */
export const NEED_CONSENT = 'accessibility'

/** The payload. `body_name` and `body_class` are for this phone; the server reads `body_id` only. */
export interface EnteredRegistration extends Omit<RegistrationSubmission, 'email'> {
  email: string | null
  channel: Channel
  body_name: string
  body_class: string
}

export interface Typed {
  campaign: string | null
  body: Pick<SujetoObligado, 'id' | 'name' | 'class_key'> | null
  days: string[]
  /** Those of the days that the person attends online, of days in both modalities. */
  online: string[]
  name: string
  post: string
  email: string
  need: string
  channel: Channel | null
  /** Whether the person heard the notice and accepted it. */
  isRead: boolean
  /** The keys of the consents that the person gave. */
  granted: string[]
}

export const nothingTyped = (): Typed => ({
  campaign: null,
  body: null,
  days: [],
  online: [],
  name: '',
  post: '',
  email: '',
  need: '',
  channel: null,
  isRead: false,
  granted: [],
})

/** What was typed for a payload that the server refused. The notice is read again, because it may be another one. */
export const typedOf = (payload: EnteredRegistration): Typed => ({
  campaign: payload.convocatoria_id,
  body: { id: payload.body_id, name: payload.body_name, class_key: payload.body_class },
  days: [...payload.jornada_ids],
  online: [...(payload.online_ids ?? [])],
  name: payload.display_name,
  post: payload.post,
  email: payload.email ?? '',
  need: payload.accessibility ?? '',
  channel: payload.channel,
  isRead: false,
  granted: payload.consents.flatMap(({ key, granted }) => (granted ? [key] : [])),
})

/** The consents that are asked for: that of a need only where there is one. */
export const consentsAsked = ({ need }: Pick<Typed, 'need'>, { consents }: Pick<Notice, 'consents'>) =>
  consents.filter(({ key }) => key !== NEED_CONSENT || visibleLength(need) > 0)

type Problems = Partial<Record<keyof Typed, string | undefined>>
const wordsOf = (code: Refusal | null): string | undefined => (code ? refusalText(code) : undefined)

function daysProblem(typed: Typed, campaign: Convocatoria, now: Date): string | undefined {
  const days = daysOf(detailsOf(campaign), typed.body?.class_key ?? '')
  const chosen = days.filter(({ id }) => typed.days.includes(id))
  if (chosen.length === 0) return t('problem.days')
  return wordsOf(refuseDays(chosen, now))
}

function bodyProblem({ body }: Typed, campaign: Convocatoria): string | undefined {
  if (!body) return t('problem.body')
  return groupOf(body.class_key, detailsOf(campaign).groups) ? undefined : t('problem.ineligible')
}

function consentProblem(typed: Typed, notice: Notice): string | undefined {
  const isMissing = consentsAsked(typed, notice).some(
    ({ key, required }) => (required || key === NEED_CONSENT) && !typed.granted.includes(key),
  )
  return isMissing ? t('problem.consent') : undefined
}

/** Why what was typed cannot be sent, by field. Hints: the server decides. */
export function problemsOf(typed: Typed, campaign: Convocatoria, notice: Notice, now: Date): Problems {
  const problems: Problems = {
    body: bodyProblem(typed, campaign),
    days: typed.body ? daysProblem(typed, campaign, now) : undefined,
    name: visibleLength(typed.name) > 0 ? undefined : t('problem.name'),
    post: visibleLength(typed.post) > 0 ? wordsOf(refusePost(typed.post)) : t('problem.post'),
    email: typed.email.trim() ? wordsOf(refuseEmail(typed.email)) : undefined,
    need: wordsOf(refuseNeed(typed.need, true)),
    channel: typed.channel ? undefined : t('problem.channel'),
    isRead: typed.isRead ? undefined : t('problem.read'),
    granted: consentProblem(typed, notice),
  }
  return Object.fromEntries(Object.entries(problems).filter(([, words]) => words))
}

/** The payload of what passed `problemsOf`. `now`: when the person accepted. */
export function payloadOf(
  typed: Typed,
  campaign: Convocatoria,
  notice: Notice,
  now: Date,
): EnteredRegistration {
  const need = visibleLength(typed.need) > 0 ? typed.need.trim() : null
  const days = daysOf(detailsOf(campaign), typed.body!.class_key).filter(({ id }) => typed.days.includes(id))
  const given = new Set(consentsAsked(typed, notice).map(({ key }) => key))
  return {
    convocatoria_id: campaign.id,
    body_id: typed.body!.id,
    body_name: typed.body!.name,
    body_class: typed.body!.class_key,
    jornada_ids: days.map(({ id }) => id),
    online_ids: days.flatMap(({ id, online }) => (online && typed.online.includes(id) ? [id] : [])),
    display_name: typed.name.trim(),
    post: typed.post.trim(),
    email: canonicalEmail(typed.email),
    accessibility: need,
    notice_id: notice.id,
    notice_hash: notice.hash,
    locale: 'es-MX',
    consented_at: now.toISOString(),
    consents: notice.consents.map(({ key }) => ({
      key,
      granted: given.has(key) && typed.granted.includes(key),
    })),
    channel: typed.channel!,
  }
}
