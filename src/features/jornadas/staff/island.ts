/** A registration on the staff's screens, and the door of a day as a part of the desk. */
import type { OutboxOp } from '@/data/db'
import type { CheckIn } from './door/keptLists'
import words from '@/i18n/es-MX/jornadasStaff.json'
import { translator } from '@/i18n/translator'
import type { KindIsland, StuckLink } from '@/staff/kinds'
import { formatDayOrPending } from '@/ui/shortDates'
import RegistrationReview from './RegistrationReview.vue'
import RegistrationText from './RegistrationText.vue'

const t = translator(words)

/** A check-in is told of at its day's door, a moved day on its page. */
function stuckLinkOf({ kind, entity_id, payload }: OutboxOp): StuckLink | null {
  if (kind === 'jornada.reschedule')
    return { words: t('stuck.open_day'), to: { name: 'staff-reschedule', params: { id: entity_id } } }
  if (kind !== 'door.check_in') return null
  const params = { id: (payload as CheckIn).jornada_id }
  return {
    words: t('stuck.open_arrival'),
    to: { name: 'staff-door-day', params, query: { persona: entity_id } },
  }
}

export const island: KindIsland<'jornadas'> = {
  kind: 'jornadas',
  names: { one: t('one'), many: t('many'), campaign: t('campaign'), yours: t('yours') },
  isOwedAnswer: false,
  Review: RegistrationReview,
  SentWords: RegistrationText,
  publication: t('public.registration'),
  stuckLinkOf,
  part: {
    route: 'staff-door',
    label: t('door.nav'),
    roles: ['door', 'moderator', 'coordinator', 'auditor'],
    pages: ['staff-door', 'staff-door-day'],
    erased: t('door.erased'),
  },
  partsOf: (details) =>
    (details && 'jornadas' in details ? details.jornadas : []).map(({ id, title, on_day }) => ({
      value: id,
      label: `${title} · ${formatDayOrPending(on_day)}`,
    })),
}
