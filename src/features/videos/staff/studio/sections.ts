/** What staff write of a call for videos: the pillars, and what a video may be. */
import { defineAsyncComponent } from 'vue'
import { plainOf } from '@/domain/formattedText'
import words from '@/i18n/es-MX/videosStudio.json'
import { translator } from '@/i18n/translator'
import type { SectionData, StudioSection } from '@/staff/studio/section'
import { formatDay } from '@/ui/dates'
import { type PillarsData, toMegabytes, type VideoData } from './video'

const t = translator(words)

const orNone = (value: string | number | null | undefined) =>
  value || value === 0 ? String(value) : t('value.none')
const dayOrNone = (day: string | null | undefined) => (day ? formatDay(day) : t('value.none'))

const pilares: StudioSection = {
  key: 'pilares',
  title: t('pillars.title'),
  Editor: defineAsyncComponent(() => import('./PillarsSection.vue')),
  labelOf(field, data) {
    const place =
      (data as PillarsData).pillars?.findIndex(({ key }) => field.startsWith(`pillar-${key}`)) ?? -1
    return place < 0 ? undefined : t('pillar.legend', { place: place + 1 })
  },
  linesOf: (data: SectionData) =>
    ((data as PillarsData).pillars ?? []).map(({ title, hint }, place) => ({
      label: t('pillar.legend', { place: place + 1 }),
      value: `${title}\n${plainOf(hint)}`,
      source: hint,
    })),
  summaryOf: (data) => t('pillars.count', { count: (data as PillarsData).pillars?.length ?? 0 }),
}

const LABELS: Readonly<Partial<Record<string, string>>> = {
  min_s: t('video.min_s'),
  max_s: t('video.max_s'),
  max_bytes: t('video.max_mb'),
  medium: t('video.medium'),
  licence_until: t('video.licence_until'),
  jury_gap: t('rubric.gap'),
}

const video: StudioSection = {
  key: 'video',
  title: t('video.title'),
  Editor: defineAsyncComponent(() => import('./VideoSection.vue')),
  labelOf: (field) => LABELS[field],
  linesOf(data) {
    const { min_s, max_s, max_bytes, medium, licence_until, selection_on, rubric, jury_gap, minors } =
      data as VideoData
    return [
      { label: t('video.min_s'), value: orNone(min_s) },
      { label: t('video.max_s'), value: orNone(max_s) },
      { label: t('video.max_mb'), value: orNone(max_bytes && toMegabytes(max_bytes)) },
      { label: t('video.medium'), value: orNone(medium) },
      { label: t('video.licence_until'), value: dayOrNone(licence_until) },
      { label: t('video.selection_on'), value: dayOrNone(selection_on) },
      { label: t('video.minors'), value: t(minors ? 'value.yes' : 'value.no') },
      ...(rubric?.length ? [{ label: t('rubric.gap'), value: orNone(jury_gap) }] : []),
      {
        label: t('rubric.title'),
        value: orNone(rubric?.map(({ title, hint }) => [title, hint].filter(Boolean).join(': ')).join('\n')),
      },
    ]
  },
  summaryOf(data) {
    const { min_s, max_s, max_bytes } = data as VideoData
    if (!min_s || !max_s || !max_bytes) return ''
    return t('video.summary', { min: min_s, max: max_s, size: toMegabytes(max_bytes) })
  },
}

export const sections: readonly StudioSection[] = [pilares, video]
