/** Sessions of Supabase Auth for the actors of the SQL tests. */
import type pg from 'pg'

/** Opens the session of each of these users, which must exist. Its id is the user's. */
export const openSessions = (client: Pick<pg.Pool, 'query'>, users: string[]) =>
  client.query(
    `insert into auth.sessions (id, user_id, created_at, updated_at, aal)
     select u, u, now(), now(), 'aal1' from unnest($1::uuid[]) u on conflict (id) do nothing`,
    [users],
  )

/** Opens the session of every member of staff. */
export async function openStaffSessions(client: Pick<pg.Pool, 'query'>): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'select u.id from auth.users u where u.id in (select s.user_id from app.staff s)',
  )
  await openSessions(
    client,
    rows.map(({ id }) => id),
  )
}
