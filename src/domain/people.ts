/** Who works here, as the server's functions tell it to administrators and coordinators. */
import type { StaffRole } from './staffRows'

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
