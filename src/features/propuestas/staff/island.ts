/** What the kind `propuestas` provides to the staff's screens. */
import words from '@/i18n/es-MX/propuestasStaff.json'
import { translator } from '@/i18n/translator'
import type { KindIsland } from '@/staff/kinds'
import { notice } from './studio/notice'
import { estrategia, insumos } from './studio/sections'
import { template } from './studio/template'
import PropuestaReview from './PropuestaReview.vue'
import ProposalText from './ProposalText.vue'

const t = translator(words)

export const island: KindIsland<'propuestas'> = {
  kind: 'propuestas',
  names: { one: t('one'), many: t('many'), campaign: t('campaign'), yours: t('yours') },
  isModerated: true,
  isOwedAnswer: true,
  Review: PropuestaReview,
  SentWords: ProposalText,
  /** A propuesta can be about something that the strategy lacks. */
  missingPart: t('card.missing_part'),
  sections: [estrategia, insumos],
  notice,
  template,
  publication: {
    linesOf: ({ content, part_label }) => [
      t('public.body'),
      part_label ? t('public.part', { part: part_label }) : t('public.part_missing'),
      ...(content.helps ? [t('public.helps', { helps: t(`helps.${content.helps}`) })] : []),
    ],
    never: t('public.never'),
  },
}
