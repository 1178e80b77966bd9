/** The deployment that `npm run deploy:check` reads, and what one of its checks is. */
import type pg from 'pg'

export interface Deployment {
  /** The address of the Supabase project, without a path. */
  url: string
  publishableKey: string
  secretKey: string
  jobsSecret: string
  /** Where the app is served; null leaves out its checks. */
  appUrl: string | null
  database: pg.ClientBase
}

export interface Check {
  title: string
  /** What to do when it fails. */
  advice: string
  /** Whether it is as it should be, or what was found instead. */
  look(deployment: Deployment): Promise<boolean | string>
}

/** Calls the project with a key. */
export const call = (
  { url }: Pick<Deployment, 'url'>,
  path: string,
  key: string,
  init: RequestInit = {},
): Promise<Response> =>
  fetch(`${url}${path}`, {
    ...init,
    headers: { apikey: key, 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
    signal: AbortSignal.timeout(20_000),
  })

/** The first value of the first row. */
export async function valueOf<T>({ database }: Deployment, sql: string): Promise<T> {
  const { rows } = await database.query<{ value: T }>(sql)
  return rows[0]!.value
}
