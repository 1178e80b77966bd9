/** The staff, as the server's functions show it to administrators and coordinators. */
import { refuseEmail } from './email'
import type { Refusal } from './refusals'
import type { StaffRole } from './staffRows'
import { tidied, visibleLength } from './canon'

export const STAFF_ROLES = ['moderator', 'coordinator', 'door', 'auditor', 'juror', 'admin'] as const

/** One role of one person. */
export interface StaffMember {
  id: string
  name: string
  email: string | null // null when the user was deleted from Auth
  role: StaffRole
  active: boolean
  convocatoria_id: string | null // null: all convocatorias
  convocatoria_title: string | null
  /** Whether the member has a second factor. */
  has_factor: boolean
  is_me: boolean
}

/** What the session of the signed-in member lacks. */
export interface MySession {
  /** The second factor to give or to set up before staff functions answer; `ready` when none is missing. */
  step: 'ready' | 'verify' | 'enrol'
  has_factor: boolean
  /** Whether the institution demands a second factor of everybody. */
  is_required: boolean
  /** Unused recovery codes. */
  codes_left: number
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
  /** Whether the caller may invite staff, and deactivate and reactivate them. */
  can_manage: boolean
  members: StaffMember[]
  invitations: PendingInvitation[]
}

/** The invitation behind the token of a letter. */
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

/** The invitation form. `convocatoria` null: all convocatorias; `jornada` null: all days. */
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
  return [...tidied(name)].length > NAME_MAX ? 'name_too_long' : null
}

/** All problems of the form, in the order of its fields; empty when it can be sent. */
export function refuseInvitation(form: InvitationForm): { field: InvitationField; code: Refusal }[] {
  const name = refuseStaffName(form.name)
  const email = form.email.trim() ? refuseEmail(form.email) : 'email_invalid'
  return [
    ...(name ? [{ field: 'name' as const, code: name }] : []),
    ...(email ? [{ field: 'email' as const, code: email }] : []),
    ...(form.role ? [] : [{ field: 'role' as const, code: 'role_unknown' as const }]),
  ]
}
