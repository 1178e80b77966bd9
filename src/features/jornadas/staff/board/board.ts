/** What jornadas add to the board of their campaigns. */
import type { CampaignBoard } from '@/domain/board'
import { numberWords } from '@/i18n/translator'
import type { KindBoard } from '@/staff/kinds'
import BoardCards from './BoardCards.vue'
import { seatsIn, t } from './seats'

export const board: KindBoard = {
  figuresOf(campaign: CampaignBoard) {
    const { confirmed, held, waiting, attended } = seatsIn(campaign)
    return [
      {
        key: 'seats',
        name: t('figure.seats'),
        value: numberWords(confirmed + held + attended),
        note: t('figure.held', { count: held }),
      },
      { key: 'waiting', name: t('figure.waiting'), value: numberWords(waiting) },
      {
        key: 'attended',
        name: t('figure.attended'),
        value: numberWords(attended),
        to: { name: 'staff-attendance', params: { id: campaign.id } },
      },
    ]
  },
  Cards: BoardCards,
}
