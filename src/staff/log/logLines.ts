/** The lines of the log in words, for the page and for the file. */
import { LOG_AREAS, type LogArea, type LogLine } from '@/domain/log'
import words from '@/i18n/es-MX/staffLog.json'
import { type MessageKey, translator } from '@/i18n/translator'
import { localTime } from '@/domain/centralTime'
import { formatShortDay } from '@/ui/shortDates'

export const t = translator(words)

type Key = MessageKey<typeof words>
const isKey = (key: string): key is Key => Object.hasOwn(words, key)
/** The words of a key that a newer server may have named. */
const wordsOf = (key: string): string => (isKey(key) ? t(key) : t('other'))

const actOf = ({ area, kind }: Pick<LogLine, 'area' | 'kind'>) => wordsOf(`act.${area}.${kind}`)

function whoOf({ source, actor }: LogLine): string {
  if (source === 'staff') return actor ?? t('who.gone')
  return t(`who.${source}`)
}

function movesOf({ from, to }: LogLine): string {
  if (!to || from === to) return ''
  const after = wordsOf(`state.${to}`)
  return from
    ? t('detail.moved', { from: wordsOf(`state.${from}`), to: after })
    : t('detail.state', { to: after })
}

function detailOf(line: LogLine): string {
  const { reason_code, reason, role, sections } = line
  return [
    movesOf(line),
    reason_code && t('detail.reason_code', { reason: wordsOf(`reason.${reason_code}`) }),
    role && t('detail.role', { role: wordsOf(`role.${role}`) }),
    sections?.length && t('detail.parts', { count: sections.length }),
    reason && t('detail.reason', { reason }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What a line says, column by column. */
export const lineOf = (line: LogLine) => ({
  at: `${formatShortDay(line.at)}, ${localTime(line.at)}`,
  who: whoOf(line),
  act: actOf(line),
  about: line.about,
  campaign: line.campaign ?? '',
  detail: detailOf(line),
})

export const COLUMNS = ['at', 'who', 'act', 'about', 'campaign', 'detail'] as const

/** The acts of an area that this version knows, as options of a field. */
export function actsOf(area: LogArea) {
  const prefix = `act.${area}.`
  return Object.keys(words)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ value: key.slice(prefix.length), label: wordsOf(key) }))
}

export const AREAS = LOG_AREAS.map((area) => ({ value: area, label: t(`area.${area}`) }))
