/** What the kind `propuestas` provides to the staff's screens. */
import words from '@/i18n/es-MX/propuestasStaff.json'
import { translator } from '@/i18n/translator'
import { READERS } from '@/staff/desk/staffSessionStore'
import type { KindIsland } from '@/staff/kinds'
import { isAnalysisAct } from './hallazgos/sorting'
import { useCaptureSender } from './captura/captureSender'
import { t as c } from './captura/words'
import { t as f } from './hallazgos/words'
import { t as r } from './resultados/words'
import { notice } from './studio/notice'
import { estrategia, insumos } from './studio/sections'
import { template } from './studio/template'
import { published } from './published'
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
  topicsOf: ({ parts }) =>
    parts.map(({ id, number, title }) => ({ value: id, label: [number, title].filter(Boolean).join(' · ') })),
  stuckLinkOf: ({ kind }) =>
    isAnalysisAct(kind) ? { words: f('stuck.open'), to: { name: 'staff-findings' } } : null,
  parts: [
    {
      route: 'staff-findings',
      label: f('nav'),
      icon: 'copy',
      roles: READERS,
      pages: ['staff-findings', 'staff-finding', 'staff-groups', 'staff-twins'],
    },
    {
      route: 'staff-results',
      label: r('nav'),
      icon: 'chart',
      roles: READERS,
      pages: ['staff-results', 'staff-results-of', 'staff-renewal', 'staff-mesa', 'staff-acta'],
    },
    {
      route: 'staff-captures',
      label: c('nav'),
      icon: 'edit',
      roles: ['moderator', 'coordinator'],
      pages: [
        'staff-captures',
        'staff-sheet',
        'staff-paper',
        'staff-slips',
        'staff-cards',
        'staff-brigade',
        'staff-hand-over',
      ],
    },
  ],
  follow: () => useCaptureSender().follow(),
  sections: [estrategia, insumos],
  notice,
  template,
  publication: {
    parts: published,
    never: t('public.never'),
    obstacleOf: ({ content: { voice } }) => (voice && !voice.written ? t('voice.unwritten') : null),
  },
}
