/** What the kind `videos` provides to the staff's screens. */
import words from '@/i18n/es-MX/videosStaff.json'
import { translator } from '@/i18n/translator'
import type { KindIsland } from '@/staff/kinds'
import HeldTranscript from './HeldTranscript.vue'
import VideoReview from './VideoReview.vue'
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
  sections,
  notice,
  template,
  publication: {
    linesOf: ({ content, part_label }) => [
      t('public.video'),
      t('public.transcript'),
      t('public.pillar', { pillar: part_label ?? content.pillar }),
    ],
    never: t('public.never'),
    obstacleOf({ content: { media, transcript } }) {
      if (media.status !== 'verified') return t('publish.not_verified')
      return transcript ? null : t('publish.no_transcript')
    },
  },
}
