/**
 * The project that a function runs in, read from the variables that Supabase sets. The new keys are used where the
 * project has them (SUPABASE_SECRET_KEYS and SUPABASE_PUBLISHABLE_KEYS, JSON of name → key, of which `default` is
 * taken), otherwise the legacy ones (SUPABASE_SERVICE_ROLE_KEY and SUPABASE_ANON_KEY), which end with 2026.
 */
import type { Answer } from './answers.ts'

export type Environment = (name: string) => string | undefined

export interface Project {
  url: string
  secretKey: string
  publishableKey: string
}

/** Throws and names the variable that is missing. */
export function projectOf(environment: Environment): Project {
  return {
    url: required(environment, 'SUPABASE_URL'),
    secretKey: keyOf(environment, 'SUPABASE_SECRET_KEYS', 'SUPABASE_SERVICE_ROLE_KEY'),
    publishableKey: keyOf(environment, 'SUPABASE_PUBLISHABLE_KEYS', 'SUPABASE_ANON_KEY'),
  }
}

/** A variable that must be set. */
export function required(environment: Environment, name: string): string {
  const value = environment(name)
  if (!value) throw new Error(`${name} is not set`)
  return value
}

function keyOf(environment: Environment, keys: string, legacy: string): string {
  const named: Record<string, string> = JSON.parse(environment(keys) || '{}')
  return named['default'] ?? Object.values(named)[0] ?? required(environment, legacy)
}

/**
 * The headers that show a key. Only a legacy key is a token that may also stand in `authorization`: the gateway
 * refuses a new one there.
 */
export const keyHeaders = (key: string): Record<string, string> =>
  key.startsWith('eyJ') ? { apikey: key, authorization: `Bearer ${key}` } : { apikey: key }

/** Posts JSON to a path of the project, with the secret key unless other headers are given. */
export async function postTo(
  { url, secretKey }: Pick<Project, 'url' | 'secretKey'>,
  path: string,
  body: object,
  keys = keyHeaders(secretKey),
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...keys, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return {
    status: response.status,
    body: response.status === 204 ? null : await response.json().catch(() => ({})),
  }
}

/** Calls a function of the database with the secret key. Throws with its name and the status when it fails. */
export async function callDatabase<T>(project: Project, name: string, args: object): Promise<T> {
  const { status, body } = await postTo(project, `/rest/v1/rpc/${name}`, args)
  if (status >= 300) throw new Error(`${name} answered ${status}`)
  return body as T
}
