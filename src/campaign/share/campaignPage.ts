/** A campaign of any kind as a page without script. */
import { plainOf } from '@/domain/formattedText'
import type { Convocatoria, Part } from '@/domain/rows'
import { excerpt } from '@/domain/text'
import { formatDateTime, formatDay } from '@/ui/dates'
import type { Words } from '../words'
import { heading, type ShareBlock, type SharePage, some, words } from './sharePage'

/** The most code points of what chats and search engines show below a title. */
const DESCRIPTION = 200

export const descriptionOf = (text: string): string => excerpt(text, DESCRIPTION)

const texts = (formatted: string): ShareBlock[] => some([plainOf(formatted)]).map(words)
const part = ({ number, title, body }: Part): ShareBlock[] => [
  heading([number, title].filter(Boolean).join(' · ')),
  ...texts(body),
]

/** `t`: the words of its kind. `now`: the server's. */
export function campaignPage(campaign: Convocatoria, t: Words, label: string, now: string): SharePage {
  const { question, summary, opens_at, closes_at, milestones, parts, answer_by } = campaign
  const closes = formatDateTime(closes_at)
  const isOver = Date.parse(now) >= Date.parse(campaign.received_until)
  const dates = milestones.map(({ on, title }) =>
    words([on && formatDay(on), title].filter(Boolean).join(': ')),
  )
  const asked = plainOf(question || summary)
  return {
    path: `/c/${campaign.slug}`,
    title: campaign.title,
    description: descriptionOf(asked),
    blocks: [
      ...(question ? [heading(t(isOver ? 'convocatoria.asked.past' : 'convocatoria.asked'))] : []),
      ...texts(question),
      heading(t('convocatoria.about')),
      ...texts(summary),
      heading(t('convocatoria.decides')),
      ...texts(campaign.who_decides),
      heading(t('convocatoria.next')),
      ...texts(campaign.what_happens_next),
      ...(isOver ? [] : [words(t('convocatoria.answer_by', { day: formatDay(answer_by) }))]),
      heading(t('convocatoria.timeline')),
      words(t(isOver ? 'deadline.closed' : 'deadline.open', { closes })),
      ...dates,
      ...parts.flatMap(part),
    ],
    picture: {
      about: label,
      words: campaign.title,
      state: t('timeline.range', { from: formatDay(opens_at), until: formatDay(closes_at) }),
      foot: '',
    },
  }
}
