/** Sessions and refresh tokens in GoTrue's tables. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { BCRYPT_COST, USER, type UserRow } from './authUsers'

type Queryable = Pick<pg.Pool, 'query'>

export interface Issued {
  user: UserRow
  session: string
  refreshToken: string
  aal: 'aal1' | 'aal2'
  /** How the session proved its user, newest first; `timestamp` in seconds. */
  amr: { method: string; timestamp: number }[]
}

/** For how long a used refresh token still works: two tabs may refresh at once. */
const REUSE_SECONDS = 10

/** Signs in. Null for an unknown address and for a wrong password, after the same time. */
export async function signIn(client: pg.PoolClient, email: string, password: string): Promise<Issued | null> {
  const { rows } = await client.query<{ id: string | null; good: boolean | null }>(
    `select u.id, extensions.crypt($2, coalesce(u.encrypted_password, extensions.gen_salt('bf', ${BCRYPT_COST}))) = u.encrypted_password as good
     from (values (lower($1))) as typed(email)
     left join auth.users u on u.email = typed.email and u.deleted_at is null
       and (u.banned_until is null or u.banned_until < now())`,
    [email, password],
  )
  const id = rows[0]?.good ? rows[0].id : null
  if (!id) return null
  return await openSession(client, id, 'password')
}

/** Opens a session of a user who has proved who they are by this method. */
export async function openSession(
  client: pg.PoolClient,
  user: string,
  method: 'password' | 'otp',
): Promise<Issued | null> {
  const session = randomUUID()
  await client.query('update auth.users set last_sign_in_at = now(), updated_at = now() where id = $1', [
    user,
  ])
  await client.query(
    "insert into auth.sessions (id, user_id, created_at, updated_at, aal) values ($1, $2, now(), now(), 'aal1')",
    [session, user],
  )
  await noteMethod(client, session, method)
  return await issued(client, session, await addRefreshToken(client, user, session, null))
}

/** Notes how a session proved its user. */
export const noteMethod = (client: Queryable, session: string, method: string) =>
  client.query(
    `insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
     values (gen_random_uuid(), $1, now(), now(), $2)
     on conflict (session_id, authentication_method) do update set updated_at = now()`,
    [session, method],
  )

interface TokenRow {
  token: string
  revoked: boolean
  fresh: boolean
  user_id: string
  session_id: string
}

/**
 * Exchanges a refresh token for the next one. The parent of the active token gets the active one again, because its
 * answer may have been lost. An older token ends the session: somebody else may hold it.
 */
export async function refresh(
  client: pg.PoolClient,
  token: string,
): Promise<Issued | 'unknown' | 'already_used'> {
  const { rows } = await client.query<TokenRow>(
    `select token, revoked, updated_at > now() - make_interval(secs => $2) as fresh, user_id, session_id
     from auth.refresh_tokens where token = $1 for update`,
    [token, REUSE_SECONDS],
  )
  const found = rows[0]
  if (!found) return 'unknown'
  if (!found.revoked) {
    await client.query('update auth.refresh_tokens set revoked = true, updated_at = now() where token = $1', [
      token,
    ])
    await client.query('update auth.sessions set refreshed_at = now(), updated_at = now() where id = $1', [
      found.session_id,
    ])
    const next = await addRefreshToken(client, found.user_id, found.session_id, token)
    return (await issued(client, found.session_id, next)) ?? 'unknown'
  }
  const active = await client.query<{ token: string; parent: string | null }>(
    'select token, parent from auth.refresh_tokens where session_id = $1 and not revoked order by id desc limit 1',
    [found.session_id],
  )
  const current = active.rows[0]
  if (current && (current.parent === token || found.fresh)) {
    return (await issued(client, found.session_id, current.token)) ?? 'unknown'
  }
  await client.query('delete from auth.sessions where id = $1', [found.session_id])
  return 'already_used'
}

/** The user of an existing session, or null. */
export async function userOfSession(
  client: Queryable,
  user: string,
  session: string,
): Promise<UserRow | null> {
  const { rows } = await client.query<UserRow>(
    `select ${USER} from auth.users u join auth.sessions s on s.user_id = u.id where u.id = $1 and s.id = $2`,
    [user, session],
  )
  return rows[0] ?? null
}

/** Ends this session, all of the user's, or all but this one. */
export async function signOut(
  client: Queryable,
  user: string,
  session: string,
  scope: string,
): Promise<void> {
  await client.query(
    `delete from auth.sessions where user_id = $1
     and case $3 when 'local' then id = $2 when 'others' then id <> $2 else true end`,
    [user, session, scope],
  )
}

async function addRefreshToken(
  client: pg.ClientBase,
  user: string,
  session: string,
  parent: string | null,
): Promise<string> {
  const token = randomBytes(9).toString('base64url')
  await client.query(
    `insert into auth.refresh_tokens (token, user_id, revoked, created_at, updated_at, parent, session_id)
     values ($1, $2, false, now(), now(), $3, $4)`,
    [token, user, parent, session],
  )
  return token
}

/** What a session is answered with, or null when it has ended. */
export async function issued(
  client: pg.ClientBase,
  session: string,
  refreshToken: string,
): Promise<Issued | null> {
  const { rows } = await client.query<UserRow & Pick<Issued, 'aal' | 'amr'>>(
    `select ${USER}, s.aal, coalesce((select json_agg(json_build_object('method', a.authentication_method,
         'timestamp', extract(epoch from a.updated_at)::int) order by a.updated_at desc)
       from auth.mfa_amr_claims a where a.session_id = s.id), '[]') as amr
     from auth.sessions s join auth.users u on u.id = s.user_id where s.id = $1`,
    [session],
  )
  const row = rows[0]
  if (!row) return null
  const { aal, amr, ...user } = row
  return { user, session, refreshToken, aal, amr }
}

/** A new refresh token of this session, in place of the present one. */
export async function rotate(client: pg.ClientBase, user: string, session: string): Promise<string> {
  await client.query(
    'update auth.refresh_tokens set revoked = true, updated_at = now() where session_id = $1 and not revoked',
    [session],
  )
  return await addRefreshToken(client, user, session, null)
}
