/** A registration on the staff's screens. The door and the calendar are rooms of their own (`staff/door`, `staff/jornadas`). */
import type { OutboxOp } from '@/data/db'
import type { CheckIn } from '@/data/staff/door'
import words from '@/i18n/es-MX/jornadasStaff.json'
import { translator } from '@/i18n/translator'
import type { KindIsland, StuckLink } from '@/staff/kinds'
import { formatDayOrPending } from '@/ui/shortDates'
import RegistrationReview from './RegistrationReview.vue'
import RegistrationText from './RegistrationText.vue'
import { sections } from './studio/sections'

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
  sections,
  publication: t('public.registration'),
  stuckLinkOf,
  partsOf: (details) =>
    (details && 'jornadas' in details ? details.jornadas : []).map(({ id, title, on_day }) => ({
      value: id,
      label: `${title} · ${formatDayOrPending(on_day)}`,
    })),
}
