/** What staff write of jornadas: the groups of sujetos obligados, and the days. */
import { defineAsyncComponent } from 'vue'
import { localTime } from '@/domain/centralTime'
import words from '@/i18n/es-MX/jornadasStudio.json'
import { translator } from '@/i18n/translator'
import type { StudioSection } from '@/staff/studio/section'
import { formatDayOrPending } from '@/ui/shortDates'
import type { ConstanciaData } from './constancia'
import type { DaysData, GroupsData, StudioDay } from './days'
import type { RegistrationRules } from '../../rules'
import type { SurveyData } from './survey'

const t = translator(words)

const hoursOf = ({ starts_at, ends_at }: StudioDay) =>
  [starts_at, ends_at].flatMap((instant) => (instant ? [localTime(instant)] : [])).join('–')

/** A day in words, each of its fields. */
const dayWords = (day: StudioDay): string =>
  [
    formatDayOrPending(day.on_day),
    hoursOf(day),
    day.modality && t(`day.${day.modality}`),
    day.place,
    day.address,
    day.accessibility,
    day.link,
    day.capacity && t('days.seats', { count: day.capacity }),
    day.online_capacity && t('days.online', { count: day.online_capacity }),
    day.speaker,
    day.speaker_post,
  ]
    .filter(Boolean)
    .join(' · ')

/** The last part of a field's id, and its label. */
const PARTS: Readonly<Partial<Record<string, Parameters<typeof t>[0]>>> = {
  title: 'day.title',
  speaker: 'day.speaker',
  on: 'day.on',
  starts: 'day.starts',
  ends: 'day.ends',
  modality: 'day.modality',
  place: 'day.place',
  link: 'day.link',
  capacity: 'day.capacity',
  online: 'day.online_capacity',
}

const grupos: StudioSection = {
  key: 'grupos',
  title: t('groups.title'),
  Editor: defineAsyncComponent(() => import('./GroupsSection.vue')),
  labelOf(field, data) {
    const group = (data as GroupsData).groups?.find(({ id }) => field.startsWith(`group-${id}`))
    return group && (group.name || t('group.name'))
  },
  linesOf: (data) =>
    ((data as GroupsData).groups ?? []).map(({ name, classes }, place) => ({
      label: t('group.legend', { place: place + 1 }),
      value: [name, ...classes].join(' · '),
    })),
  summaryOf: (data) => t('groups.count', { count: (data as GroupsData).groups?.length ?? 0 }),
}

const jornadas: StudioSection = {
  key: 'jornadas',
  title: t('days.title'),
  Editor: defineAsyncComponent(() => import('./DaysSection.vue')),
  labelOf(field, data) {
    const day = (data as DaysData).days?.find(({ id }) => field.startsWith(`day-${id}`))
    if (!day) return undefined
    const part = PARTS[field.slice(`day-${day.id}-`.length)]
    return [day.title || t('day.untitled'), part && t(part)].filter(Boolean).join(', ')
  },
  linesOf: (data) =>
    ((data as DaysData).days ?? []).map((day, place) => ({
      label: `${place + 1}. ${day.title || t('day.untitled')}`,
      value: dayWords(day),
    })),
  summaryOf: (data) => t('days.count', { count: (data as DaysData).days?.length ?? 0 }),
}

type RulesData = Partial<RegistrationRules>

/** Each rule that is on, in words. */
const rulesWords = ({ body_limit, approval, ask_days, silence_frees, tell_liaison }: RulesData): string[] => [
  ...(body_limit ? [t('rules.limit_is', { count: body_limit })] : []),
  ...(approval ? [t('rules.approval')] : []),
  ...(ask_days ? [t(silence_frees ? 'rules.ask_frees' : 'rules.ask_is', { count: ask_days })] : []),
  ...(tell_liaison ? [t('rules.liaison')] : []),
]

const inscripcion: StudioSection = {
  key: 'inscripcion',
  title: t('rules.title'),
  Editor: defineAsyncComponent(() => import('./RulesSection.vue')),
  labelOf: (field) =>
    field === 'rules-limit' ? t('rules.limit') : field === 'rules-ask' ? t('rules.ask') : undefined,
  linesOf: (data) => rulesWords(data as RulesData).map((value) => ({ label: t('rules.title'), value })),
  summaryOf: (data) => rulesWords(data as RulesData).join(' · ') || t('rules.none'),
}

const ruleWords = ({ rule, hours }: ConstanciaData): string =>
  t(`constancia.${rule || 'none'}`, { hours: hours ?? '…' })

const constancia: StudioSection = {
  key: 'constancia',
  title: t('constancia.title'),
  Editor: defineAsyncComponent(() => import('./ConstanciaSection.vue')),
  labelOf: (field) => (field === 'constancia-hours' ? t('constancia.least') : undefined),
  linesOf: (data) => [{ label: t('constancia.rule'), value: ruleWords(data as ConstanciaData) }],
  summaryOf: (data) => ruleWords(data as ConstanciaData),
}

const encuesta: StudioSection = {
  key: 'encuesta',
  title: t('survey.title'),
  Editor: defineAsyncComponent(() => import('./SurveySection.vue')),
  labelOf(field, data) {
    const questions = (data as SurveyData).questions ?? []
    const place = questions.findIndex(({ id }) => field.startsWith(`question-${id}`))
    return place < 0 ? undefined : t('survey.legend', { place: place + 1 })
  },
  linesOf: (data) =>
    ((data as SurveyData).questions ?? []).map(({ text, kind, options }, place) => ({
      label: t('survey.legend', { place: place + 1 }),
      value: [text, t(`survey.${kind}`), ...options].join(' · '),
    })),
  summaryOf: (data) => t('survey.count', { count: (data as SurveyData).questions?.length ?? 0 }),
}

export const sections: readonly StudioSection[] = [grupos, jornadas, inscripcion, constancia, encuesta]
