/** What the kind `videos` provides to the staff's screens. */
import words from '@/i18n/es-MX/videosStaff.json'
import { translator } from '@/i18n/translator'
import type { KindIsland } from '@/staff/kinds'
import HeldTranscript from './HeldTranscript.vue'
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
  Held: HeldTranscript,
  topicsOf: ({ details }) =>
    (details && 'pillars' in details ? details.pillars : []).map(({ key, title }) => ({
      value: key,
      label: title,
    })),
  sections,
  notice,
  template,
  publication: {
    parts: published,
    never: t('public.never'),
    obstacleOf({ content: { media, transcript } }) {
      if (media.status !== 'verified') return t('publish.not_verified')
      return transcript ? null : t('publish.no_transcript')
    },
  },
}
