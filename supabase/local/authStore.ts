/** Users, sessions and refresh tokens in GoTrue's tables. pgcrypto compares passwords, in SQL. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'

type Queryable = Pick<pg.Pool, 'query'>

export interface UserRow {
  id: string
  aud: string
  role: string
  email: string
  email_confirmed_at: string | null
  last_sign_in_at: string | null
  raw_app_meta_data: Record<string, unknown> | null
  raw_user_meta_data: Record<string, unknown> | null
  created_at: string
  updated_at: string
}

export interface Issued {
  user: UserRow
  session: string
  refreshToken: string
  signedInAt: number // seconds
}

/** For how long a used refresh token still works: two tabs may refresh at once. */
const REUSE_SECONDS = 10

const USER = `u.id, u.aud, u.role, u.email, u.email_confirmed_at, u.last_sign_in_at, u.raw_app_meta_data,
  u.raw_user_meta_data, u.created_at, u.updated_at`

export interface NewUser {
  email: string
  password: string
  isConfirmed: boolean
  metadata: object
}

/** Creates a user with its identity. Null when the address is taken. */
export async function createUser(
  client: pg.PoolClient,
  { email, password, isConfirmed, metadata }: NewUser,
): Promise<UserRow | null> {
  const { rows } = await client.query<UserRow>(
    `insert into auth.users as u (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
       raw_app_meta_data, raw_user_meta_data, created_at, updated_at, confirmation_token, recovery_token,
       email_change, email_change_token_new)
     values ('00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', lower($1),
       extensions.crypt($2, extensions.gen_salt('bf', 10)), case when $3 then now() end,
       '{"provider": "email", "providers": ["email"]}', $4, now(), now(), '', '', '', '')
     on conflict (email) where is_sso_user = false do nothing returning ${USER}`,
    [email, password, isConfirmed, metadata],
  )
  const user = rows[0]
  if (!user) return null
  await client.query(
    `insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at)
     values ($1::text, $1::uuid, jsonb_build_object('sub', $1::text, 'email', $2::text, 'email_verified', false),
       'email', now(), now())`,
    [user.id, user.email],
  )
  return user
}

/** Signs in. Null for an unknown address and for a wrong password, after the same time. */
export async function signIn(client: pg.PoolClient, email: string, password: string): Promise<Issued | null> {
  const { rows } = await client.query<{ id: string | null; good: boolean | null }>(
    `select u.id, extensions.crypt($2, coalesce(u.encrypted_password, extensions.gen_salt('bf', 10))) = u.encrypted_password as good
     from (values (lower($1))) as typed(email)
     left join auth.users u on u.email = typed.email and u.deleted_at is null
       and (u.banned_until is null or u.banned_until < now())`,
    [email, password],
  )
  const id = rows[0]?.good ? rows[0].id : null
  if (!id) return null
  const session = randomUUID()
  await client.query('update auth.users set last_sign_in_at = now(), updated_at = now() where id = $1', [id])
  await client.query(
    "insert into auth.sessions (id, user_id, created_at, updated_at, aal) values ($1, $2, now(), now(), 'aal1')",
    [session, id],
  )
  return await issued(client, session, await addRefreshToken(client, id, session, null))
}

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

async function issued(client: pg.ClientBase, session: string, refreshToken: string): Promise<Issued | null> {
  const { rows } = await client.query<UserRow & { signed_in: number }>(
    `select ${USER}, extract(epoch from s.created_at)::int as signed_in
     from auth.sessions s join auth.users u on u.id = s.user_id where s.id = $1`,
    [session],
  )
  const row = rows[0]
  if (!row) return null
  const { signed_in: signedInAt, ...user } = row
  return { user, session, refreshToken, signedInAt }
}
