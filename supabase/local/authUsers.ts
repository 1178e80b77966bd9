/** Users in GoTrue's tables. pgcrypto hashes and compares passwords, in SQL. */
import type pg from 'pg'

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
  /** As GoTrue shows them: without their secrets. */
  factors: object[]
}

/** Of every hash. An unknown address is compared at the same cost, so that it takes the same time. */
export const BCRYPT_COST = 10

/** The columns of a UserRow; the table is `u`. */
export const USER = `u.id, u.aud, u.role, u.email, u.email_confirmed_at, u.last_sign_in_at, u.raw_app_meta_data,
  u.raw_user_meta_data, u.created_at, u.updated_at, coalesce((select json_agg(json_build_object('id', f.id,
    'created_at', f.created_at, 'updated_at', f.updated_at, 'status', f.status, 'friendly_name', f.friendly_name,
    'factor_type', f.factor_type) order by f.created_at) from auth.mfa_factors f where f.user_id = u.id), '[]') as factors`

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
       extensions.crypt($2, extensions.gen_salt('bf', ${BCRYPT_COST})), case when $3 then now() end,
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

/** Whether this is the user's password. */
export async function isPassword(client: pg.ClientBase, user: string, password: string): Promise<boolean> {
  const { rows } = await client.query<{ good: boolean | null }>(
    'select extensions.crypt($2, encrypted_password) = encrypted_password as good from auth.users where id = $1',
    [user, password],
  )
  return rows[0]?.good === true
}

/** Sets the user's password. */
export const setPassword = (client: pg.ClientBase, user: string, password: string) =>
  client.query(
    `update auth.users set encrypted_password = extensions.crypt($2, extensions.gen_salt('bf', ${BCRYPT_COST})),
       recovery_token = '', updated_at = now() where id = $1`,
    [user, password],
  )
