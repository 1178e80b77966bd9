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
}

const t = translator(words)
const d = translator(deskWords)

/** Call it once the kinds' islands are registered. */
export const listParts = (): Part[] => [
  { name: 'staff-queue', label: t('nav.queue'), icon: 'inbox', roles: READERS },
  ...listDeskParts().map(({ route, label, icon, roles }) => ({ name: route, label, icon, roles })),
  { name: 'staff-campaigns', label: t('nav.campaigns'), icon: 'megaphone', roles: READERS },
  { name: 'staff-registry', label: t('nav.registry'), icon: 'list', roles: ['coordinator', 'admin'] },
  { name: 'staff-replies', label: d('replies.nav'), icon: 'send', roles: ['coordinator', 'admin'] },
  { name: 'staff-people', label: t('nav.people'), icon: 'user', roles: ['coordinator', 'admin'] },
  { name: 'staff-institution', label: t('nav.institution'), icon: 'building', roles: ['admin'] },
  { name: 'staff-log', label: t('nav.log'), icon: 'shield', roles: ['auditor', 'admin'] },
  { name: 'staff-deletions', label: t('nav.deletions'), icon: 'trash', roles: ['auditor'] },
]
