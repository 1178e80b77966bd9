/** Who works here, as the server's functions tell it to administrators and coordinators. */
import { refuseEmail } from './propuesta'
import type { Refusal } from './refusals'
import type { StaffRole } from './staffRows'
import { hasControl, visibleLength } from './text'

export const STAFF_ROLES = ['moderator', 'coordinator', 'door', 'auditor', 'admin'] as const

/** One role of one person. */
export interface StaffMember {
  id: string
  name: string
  email: string | null // null: the user is gone from Auth, the history keeps the name
  role: StaffRole
  active: boolean
  convocatoria_id: string | null // null: all of them
  convocatoria_title: string | null
  is_me: boolean
}

export interface PendingInvitation {
  id: string
  name: string
  email: string
  role: StaffRole
  convocatoria_id: string | null
  convocatoria_title: string | null
  invited_at: string
  expires_at: string
  expired: boolean
}

export interface StaffList {
  /** Whether who asks may invite, switch off and on. */
  can_manage: boolean
  members: StaffMember[]
  invitations: PendingInvitation[]
}

/** What a token of a letter opens. */
export interface Invitation {
  email: string
  name: string
  role: StaffRole
  convocatoria_title: string | null
  expires_at: string
  accepted: boolean
  /** An account with this address exists: its owner signs in instead of choosing a password. */
  has_account: boolean
}

const NAME_MAX = 120

/** What an invitation asks for. Null: all convocatorias, all days. */
export interface InvitationForm {
  name: string
  email: string
  role: StaffRole | null
  convocatoria: string | null
  jornada: string | null
}

export type InvitationField = 'name' | 'email' | 'role'

function refuseStaffName(name: string): Refusal | null {
  if (visibleLength(name) === 0) return 'name_required'
  if (hasControl(name) || /[\r\n\t]/u.test(name)) return 'name_invalid'
  return [...name.trim()].length > NAME_MAX ? 'name_too_long' : null
}

/** Everything that is missing, in the order of the fields; empty when it can be sent. */
export function refuseInvitation(form: InvitationForm): { field: InvitationField; code: Refusal }[] {
  const name = refuseStaffName(form.name)
  const email = form.email.trim() ? refuseEmail(form.email.trim()) : 'email_invalid'
  return [
    ...(name ? [{ field: 'name' as const, code: name }] : []),
    ...(email ? [{ field: 'email' as const, code: email }] : []),
    ...(form.role ? [] : [{ field: 'role' as const, code: 'role_unknown' as const }]),
  ]
}

const PASSWORD_MIN = 12
const PASSWORD_MAX_BYTES = 72 // what bcrypt reads of it

/** Why an invited person cannot have this password, or null. Its strength is the server's to judge. */
export function refusePassword(password: string): Refusal | null {
  if ([...password].length < PASSWORD_MIN) return 'password_too_short'
  return new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES ? 'password_too_long' : null
}
