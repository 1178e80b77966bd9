/** The parts of the desk in the order of its menu, with the roles that open them. */
import type { StaffRole } from '@/domain/staffRows'
import deskWords from '@/i18n/es-MX/staffDesk.json'
import words from '@/i18n/es-MX/staffPeople.json'
import { translator } from '@/i18n/translator'
import type { IconName } from '@/ui/icons'
import { listDeskParts } from '../kinds'
import { READERS } from './staffSessionStore'

export interface Part {
  /** Its route. */
  name: string
  label: string
  icon: IconName
  roles: readonly StaffRole[]
  /** As in `DeskPart`. */
  daily?: readonly StaffRole[] | undefined
  breaking?: string | undefined
}

const t = translator(words)
const d = translator(deskWords)
const LEADERS: readonly StaffRole[] = ['coordinator', 'admin']

/** Call it once the kinds' islands are registered. */
export const listParts = (): Part[] => [
  { name: 'staff-queue', label: t('nav.queue'), icon: 'inbox', roles: READERS, daily: READERS },
  {
    name: 'staff-second-reviews',
    label: d('nav.second_reviews'),
    icon: 'user',
    roles: ['moderator', 'coordinator'],
  },
  ...listDeskParts().map(({ route: name, label, icon, roles, daily, breaking }) => ({
    name,
    label,
    icon,
    roles,
    daily,
    breaking,
  })),
  {
    name: 'staff-campaigns',
    label: t('nav.campaigns'),
    breaking: d('nav.campaigns_breaking'),
    icon: 'megaphone',
    roles: READERS,
    daily: READERS,
  },
  { name: 'staff-registry', label: t('nav.registry'), icon: 'list', roles: LEADERS },
  { name: 'staff-replies', label: d('replies.nav'), icon: 'send', roles: LEADERS },
  { name: 'staff-people', label: t('nav.people'), icon: 'user', roles: LEADERS, daily: ['admin'] },
  { name: 'staff-institution', label: t('nav.institution'), icon: 'building', roles: ['admin'] },
  { name: 'staff-log', label: t('nav.log'), icon: 'shield', roles: ['auditor', 'admin'], daily: ['auditor'] },
  { name: 'staff-deletions', label: t('nav.deletions'), icon: 'trash', roles: ['auditor'] },
]

const IN_BAR = 4

/**
 * The parts in the bar of a phone, beside «Más»: the first four of the daily work, in the order of the menu. Other parts take
 * the places that are left.
 */
export function barOf(parts: readonly Part[], isHeld: (role: StaffRole) => boolean): Part[] {
  const isDaily = ({ daily }: Part) => !!daily?.some(isHeld)
  const first = [...parts.filter(isDaily), ...parts.filter((part) => !isDaily(part))].slice(0, IN_BAR)
  return parts.filter((part) => first.includes(part))
}
