/** Invites the first administrator of a project with its service key: `npm start -- --empty`, `npm run admin:invite`. */
import { postTo } from '../functions/_shared/project'

export interface Project {
  /** Where its REST interface answers, without a path. */
  url: string
  secretKey: string
}

export interface FirstLink {
  /** Opens the invitation in the app, once. */
  link: string
  /** ISO 8601. */
  expiresAt: string
}

/**
 * A link into the app at `appUrl`, or null when the project has an administrator already. Ends an earlier link. Throws
 * what the server says for an address or a name that cannot be used.
 */
export async function inviteFirstAdmin(
  project: Project,
  appUrl: string,
  person: { email: string; name: string },
): Promise<FirstLink | null> {
  const asked = { p_email: person.email, p_name: person.name }
  const answer = await postTo(project, '/rest/v1/rpc/invite_first_admin', asked)
  const body = answer.body as Record<string, string>
  if (body['message'] === 'admin_exists') return null
  if (answer.status !== 200) throw new Error(`invite_first_admin: ${answer.status} ${body['message'] ?? ''}`)
  const link = new URL('/equipo/invitacion', appUrl)
  link.hash = body['token']!
  return { link: link.href, expiresAt: body['expires_at']! }
}
