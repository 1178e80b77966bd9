/** What the page of a mesa writes of its days, its agenda and its recording. */
import { localTime } from '@/domain/centralTime'
import { formatDateTime, formatDay } from '@/ui/dates'
import type { AgendaPoint, CampaignMesa, MeetingDay } from '../mesa'
import { t } from './words'

export function whenWords({ on_day, starts_at, ends_at }: MeetingDay): string {
  if (!on_day) return t('when.undated')
  if (!starts_at) return t('when.no_hour', { day: formatDay(on_day) })
  if (!ends_at) return t('when.from', { when: formatDateTime(starts_at) })
  return t('when.hours', { from: formatDateTime(starts_at), to: localTime(ends_at) })
}

export const whereWords = ({ place, modality }: MeetingDay): string =>
  place ?? t(modality === 'virtual' ? 'where.online' : 'where.none')

/** The hour of a point where the meeting has one day with an hour, its minute otherwise. */
export function pointWords({ minute }: AgendaPoint, meeting: CampaignMesa['meeting']): string {
  const days = (meeting?.days ?? []).filter(({ cancelled }) => !cancelled)
  const start = days.length === 1 ? days[0]!.starts_at : null
  return start ? localTime(new Date(Date.parse(start) + minute * 60_000)) : t('agenda.minute', { minute })
}

/** Sites that read the second from their query; others as a media fragment (W3C Media Fragments). */
const BY_QUERY = /(^|\.)(youtube\.com|youtu\.be)$/u

/** Null for an address that this browser cannot read, which the server's check lets pass. */
function parsed(link: string): URL | null {
  try {
    return new URL(link)
  } catch {
    return null
  }
}

/** The recording from a minute on. A site that knows no such address plays it from the beginning. */
export function fromMinute(recording: string, minute: number): string {
  const url = parsed(recording)
  if (!url) return recording
  if (BY_QUERY.test(url.hostname)) url.searchParams.set('t', `${minute * 60}s`)
  else url.hash = `t=${minute * 60}`
  return url.href
}

/** The site of a link, as people name it. */
export const siteOf = (link: string): string => parsed(link)?.hostname ?? link

/** Whether people can take a seat now: `early` and `closed` say why not. */
export function registration({ opens_at, closes_at, days }: NonNullable<CampaignMesa['meeting']>, now: Date) {
  if (now < new Date(opens_at)) return 'early'
  const isAhead = ({ cancelled, starts_at }: MeetingDay) =>
    !cancelled && (!starts_at || now < new Date(starts_at))
  return now < new Date(closes_at) && days.some(isAhead) ? 'open' : 'closed'
}
