/** Sessions of Supabase Auth for the actors of the SQL tests. */
import type pg from 'pg'

/** Opens the session of each of these users, which must exist. Its id is the user's. */
export const openSessions = (client: Pick<pg.Pool, 'query'>, users: string[]) =>
  client.query(
    `insert into auth.sessions (id, user_id, created_at, updated_at, aal)
     select u, u, now(), now(), 'aal1' from unnest($1::uuid[]) u on conflict (id) do nothing`,
    [users],
  )
