/** The receipts of deletions in words, for the page and for the file. */
import type { DeletionReceipt } from '@/domain/institution'
import words from '@/i18n/es-MX/staffDeletions.json'
import { translator } from '@/i18n/translator'

export const t = translator(words)

const UNIT = {
  contacts: 'months',
  unselected: 'days',
  attendance: 'months',
  surveys: 'months',
  taps: 'years',
  withdrawn: 'days',
  records: 'years',
} as const

function periodWords({ rule, amount }: DeletionReceipt): string {
  if (
    rule === 'licences' ||
    rule === 'files' ||
    rule === 'copies' ||
    rule === 'comments' ||
    rule === 'insumos'
  )
    return t(`period.${rule}`)
  return t(UNIT[rule], { count: amount ?? 0 })
}

/** What a receipt says, column by column; `day` as the server writes it. */
export const lineOf = (receipt: DeletionReceipt) => ({
  id: receipt.id,
  day: receipt.on_day,
  what: t(`rule.${receipt.rule}`),
  campaign: receipt.convocatoria_title ?? t('unknown'),
  period: periodWords(receipt),
  count: receipt.deleted,
})

export const COLUMNS = ['day', 'what', 'campaign', 'period', 'count'] as const
