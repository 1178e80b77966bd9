/** What the kind `videos` provides to the staff's screens. */
import words from '@/i18n/es-MX/videosStaff.json'
import { translator } from '@/i18n/translator'
import { READERS } from '@/staff/desk/staffSessionStore'
import type { KindIsland } from '@/staff/kinds'
import { isJuryAct } from './jurado/useJuryOps'
import { t as j } from './jurado/words'
import { t as s } from './seleccion/words'
import { t as c } from './copias/words'
import { t as e } from './externas/words'
import { acceptObstacle, publishObstacle } from './menores/minor'
import HeldWords from './HeldWords.vue'
import VideoReview from './VideoReview.vue'
import { published } from './published'
import { notice } from './studio/notice'
import { sections } from './studio/sections'
import { template } from './studio/template'
import VideoText from './VideoText.vue'

const t = translator(words)

export const island: KindIsland<'videos'> = {
  kind: 'videos',
  names: { one: t('one'), many: t('many'), campaign: t('campaign'), yours: t('yours') },
  isModerated: true,
  isOwedAnswer: true,
  Review: VideoReview,
  SentWords: VideoText,
  Held: HeldWords,
  topicsOf: ({ details }) =>
    (details && 'pillars' in details ? details.pillars : []).map(({ key, title }) => ({
      value: key,
      label: title,
    })),
  stuckLinkOf: ({ kind, entity_id }) =>
    isJuryAct(kind) ? { words: j('nav'), to: { name: 'staff-jury-video', params: { id: entity_id } } } : null,
  parts: [
    {
      route: 'staff-copies',
      label: c('list.nav'),
      icon: 'video',
      roles: ['moderator', 'coordinator'],
      pages: ['staff-copies'],
    },
    {
      route: 'staff-external-copies',
      label: e('nav'),
      icon: 'link',
      roles: READERS,
      pages: ['staff-external-copies'],
    },
    {
      route: 'staff-jury',
      label: j('nav'),
      icon: 'eye',
      roles: ['juror'],
      daily: ['juror'],
      pages: ['staff-jury', 'staff-jury-video'],
    },
    {
      route: 'staff-selections',
      label: s('nav'),
      icon: 'check',
      roles: READERS,
      pages: [
        'staff-selections',
        'staff-selection',
        'staff-selection-acta',
        'staff-recognitions',
        'staff-recognition',
      ],
    },
  ],
  sections,
  notice,
  template,
  publication: {
    parts: published,
    never: t('public.never'),
    acceptObstacleOf: ({ content }) => acceptObstacle(content),
    obstacleOf({ content }) {
      const { media, transcript, selection, rendition, captions, voiceless } = content
      const waits = publishObstacle(content)
      if (waits) return waits
      if (selection === 'open' || selection === 'left_out') return t(`publish.${selection}`)
      if (media.status !== 'verified') return t('publish.not_verified')
      if (!transcript && !voiceless) return t('publish.no_transcript')
      if (!captions && !voiceless) return t('publish.no_captions')
      return rendition?.status === 'verified' ? null : t('publish.no_copy')
    },
  },
}
