/** The staff's pieces of the jornadas: the review of a registration, and the door as a part of the desk. */
import type { OutboxOp } from '@/data/db'
import { type CheckIn, isDoorOp } from './door/doorOps'
import words from '@/i18n/es-MX/jornadasStaff.json'
import { translator } from '@/i18n/translator'
import { READERS } from '@/staff/desk/staffSessionStore'
import type { KindIsland, KindLink } from '@/staff/kinds'
import { formatDayOrPending } from '@/ui/shortDates'
import RegistrationReview from './RegistrationReview.vue'
import RegistrationText from './RegistrationText.vue'
import { isAct } from './acts/ownAct'
import { notice } from './studio/notice'
import { sections } from './studio/sections'
import { template } from './studio/template'

const t = translator(words)

/**
 * What was refused at a door is shown at the door of its day, a refused change of a day on the page of that day,
 * and what is done on somebody's behalf in the list of registrations.
 */
function stuckLinkOf({ kind, entity_id, payload }: OutboxOp): KindLink | null {
  if (kind === 'jornada.reschedule')
    return { words: t('stuck.open_day'), to: { name: 'staff-reschedule', params: { id: entity_id } } }
  if (kind === 'registration.enter')
    return {
      words: t('stuck.open_entry'),
      to: { name: 'staff-registration-enter', params: { id: entity_id } },
    }
  if (isAct(kind))
    return { words: t('stuck.open_act'), to: { name: 'staff-registrations', query: { persona: entity_id } } }
  if (!isDoorOp({ kind })) return null
  const params = { id: (payload as CheckIn).jornada_id }
  return {
    words: t('stuck.open_arrival'),
    to: { name: 'staff-door-day', params, query: { persona: entity_id } },
  }
}

export const island: KindIsland<'jornadas'> = {
  kind: 'jornadas',
  names: { one: t('one'), many: t('many'), campaign: t('campaign'), yours: t('yours') },
  isModerated: false,
  isOwedAnswer: false,
  Review: RegistrationReview,
  SentWords: RegistrationText,
  sections,
  notice,
  template,
  publication: t('public.registration'),
  stuckLinkOf,
  listOf: (folio) => ({ words: t('list_of'), to: { name: 'staff-registrations', query: { folio } } }),
  board: async () => (await import('./board/board')).board,
  parts: [
    {
      route: 'staff-registrations',
      label: t('many'),
      breaking: t('many_breaking'),
      icon: 'list',
      roles: READERS,
      daily: READERS,
      pages: [
        'staff-registrations',
        'staff-registration-enter',
        'staff-constancias',
        'staff-attendance',
        'staff-liaisons',
      ],
    },
    {
      route: 'staff-door',
      label: t('door.nav'),
      icon: 'scan',
      roles: ['door', 'moderator', 'coordinator', 'auditor'],
      daily: ['door', 'moderator', 'coordinator'],
      pages: ['staff-door', 'staff-door-day'],
      erased: t('door.erased'),
    },
  ],
  partsOf: (details) =>
    (details && 'jornadas' in details ? details.jornadas : []).map(({ id, title, on_day }) => ({
      value: id,
      label: `${title} · ${formatDayOrPending(on_day)}`,
    })),
}
