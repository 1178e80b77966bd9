/** The sections that every campaign has. */
import { defineAsyncComponent } from 'vue'
import { localDay } from '@/domain/centralTime'
import type { DatesSection, NoticeSection, TextsSection } from '@/domain/campaignDraft'
import { plainOf } from '@/domain/formattedText'
import type { Milestone } from '@/domain/rows'
import words from '@/i18n/es-MX/studio.json'
import { translator } from '@/i18n/translator'
import { formatDay } from '@/ui/dates'
import { staffKindOf } from '../../kinds'
import type { StudioSection } from '../section'

const t = translator(words)

const TEXTS = [
  'title',
  'slug',
  'summary',
  'question',
  'who_decides',
  'what_happens_next',
  'label',
  'source',
] as const
const DAYS = ['inputs_on', 'opens_at', 'closes_at', 'results_on', 'answer_by'] as const

const orNone = (value: string | null | undefined) => value || t('value.none')

/** A day or an instant in words. */
const dayWords = (value: string | null | undefined): string => {
  if (!value) return t('value.none')
  return formatDay(value.length > 10 ? localDay(value) : value)
}

const milestoneWords = ({ on, until, title, note }: Milestone): string =>
  [until ? `${dayWords(on)} – ${dayWords(until)}` : dayWords(on), title, note].filter(Boolean).join(' · ')

const noticeWords = ({ notice_id, notice }: Partial<NoticeSection>): string =>
  notice
    ? [
        notice.title,
        ...notice.simplified,
        ...notice.full.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs.map(plainOf)]),
        ...notice.consents.map(({ text, until }) => [text, until].filter(Boolean).join(' ')),
      ].join('\n')
    : orNone(notice_id)

const noticeSource = ({ notice }: Partial<NoticeSection>): string =>
  (notice?.full ?? []).flatMap(({ paragraphs }) => paragraphs).join('\n')

const labelIn = (names: readonly string[], field: string) =>
  names.includes(field) ? t(`field.${field}` as Parameters<typeof t>[0]) : undefined

const textos: StudioSection = {
  key: 'textos',
  title: t('section.textos'),
  Editor: defineAsyncComponent(() => import('./TextsSection.vue')),
  labelOf: (field) => labelIn(TEXTS, field),
  linesOf: (data) =>
    TEXTS.map((key) => {
      const text = (data as TextsSection)[key] ?? ''
      return { label: t(`field.${key}`), value: orNone(plainOf(text)), source: text }
    }),
}

const fechas: StudioSection = {
  key: 'fechas',
  title: t('section.fechas'),
  Editor: defineAsyncComponent(() => import('./DatesSection.vue')),
  labelOf(field, data) {
    const place = Number(/^milestone-(\d+)$/u.exec(field)?.[1] ?? -1)
    const milestone = (data as unknown as Partial<DatesSection>).milestones?.[place]
    return milestone
      ? milestone.title || t('milestone.legend', { place: place + 1 })
      : labelIn([...DAYS, 'grace_hours'], field)
  },
  linesOf: (data) => {
    const { grace_hours: grace, milestones, ...dates } = data as unknown as Partial<DatesSection>
    return [
      ...DAYS.map((key) => ({ label: t(`field.${key}`), value: dayWords(dates[key]) })),
      { label: t('field.grace_hours'), value: orNone(grace?.toString()) },
      { label: t('milestone.title_list'), value: orNone(milestones?.map(milestoneWords).join('\n')) },
    ]
  },
}

/** What a field of the notice is called: a section by its heading, a consent by its place. */
function noticeLabel(kind: string, field: string, { notice }: Partial<NoticeSection>): string | undefined {
  const [, part, place] = /^(full|consent|allows)-(\w+)/u.exec(field) ?? []
  const number = Number(place) + 1
  if (part === 'allows') return staffKindOf(kind)?.notice.permissions[place!]
  if (part === 'full')
    return notice?.full[number - 1]?.heading || t('notice.section_heading', { place: number })
  if (part === 'consent') return t('notice.consent', { place: number })
  return field === 'simplified' ? t('notice.simplified') : undefined
}

const avisoOf = (kind: string): StudioSection => ({
  key: 'aviso',
  title: t('section.aviso'),
  Editor: defineAsyncComponent(() => import('../notice/NoticeSection.vue')),
  labelOf: (field, data) => noticeLabel(kind, field, data as unknown as Partial<NoticeSection>),
  linesOf: (data) => [
    {
      label: t('notice.choose'),
      value: noticeWords(data as unknown as Partial<NoticeSection>),
      source: noticeSource(data as unknown as Partial<NoticeSection>),
    },
  ],
})

/** Every section of a campaign of this kind that this version can edit, by its name. */
export function sectionsOfKind(kind: string): Readonly<Record<string, StudioSection>> {
  const all = [textos, fechas, avisoOf(kind), ...(staffKindOf(kind)?.sections ?? [])]
  return Object.fromEntries(all.map((section) => [section.key, section]))
}
