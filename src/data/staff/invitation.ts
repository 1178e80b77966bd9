/** The invitation of a letter: what it says, and accepting it with a new password. */
import type { Invitation } from '@/domain/people'
import { invoke, rpc } from '../rpc'

/** What the token opens. Refusals: `invitation_unknown`, `invitation_expired`. */
export const openInvitation = (token: string): Promise<Invitation> =>
  rpc<Invitation>('open_invitation', { p_token: token })

/** Makes the account of who has none. Refusals besides: `account_exists`, `password_…`. */
export const acceptWithPassword = (token: string, password: string): Promise<{ email: string }> =>
  invoke<{ email: string }>('accept-invitation', { token, password })
