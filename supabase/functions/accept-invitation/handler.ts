/**
 * Accepts an invitation for a person without a user: `{token, password}` creates the user in Supabase Auth and turns
 * the invitation into a role. The token is the only proof needed. Portable: Deno serves it in production, and the
 * embedded backend calls it in-process.
 */
import { type Answer, answerPosts, refusal } from '../_shared/answers.ts'
import { refusePassword } from '../_shared/passwords.ts'

export interface Collaborators {
  /** Calls a function of the database with the service key. Refusals are answers too. */
  rpc(name: 'open_invitation' | 'redeem_invitation', args: object): Promise<Answer>
  /** `POST /auth/v1/admin/users` with the service key. */
  createUser(user: { email: string; password: string; email_confirm: true }): Promise<Answer>
}

/** Answers `{role, email}`, or a refusal in the form of PostgREST. */
export const createHandler = (collaborators: Collaborators) =>
  answerPosts(async ({ token, password }) =>
    typeof token === 'string' && typeof password === 'string'
      ? await accept(collaborators, token, password)
      : refusal(400, 'malformed_op'),
  )

async function accept({ rpc, createUser }: Collaborators, token: string, password: string): Promise<Answer> {
  const opened = await rpc('open_invitation', { p_token: token })
  if (opened.status !== 200) return opened
  const { email, name, has_account } = opened.body as { email: string; name: string; has_account: boolean }
  if (has_account) return refusal(409, 'account_exists', 'password')
  const code = refusePassword(password, [email, name])
  if (code) return refusal(422, code, 'password')
  const created = await createUser({ email, password, email_confirm: true })
  const { id, error_code } = created.body as { id?: string; error_code?: string }
  if (error_code === 'email_exists') return refusal(409, 'account_exists', 'password')
  if (error_code === 'weak_password') return refusal(422, 'password_weak', 'password')
  if (created.status !== 200 || !id) return { status: 502, body: { message: 'Auth did not make the user' } }
  const redeemed = await rpc('redeem_invitation', { p_token: token, p_user: id })
  return redeemed.status === 200 ? { status: 200, body: { ...(redeemed.body as object), email } } : redeemed
}
