/** Identifies callers by `apikey` and `Authorization`, as Supabase's gateway and PostgREST do. */
import { type JWTPayload, errors, jwtVerify, SignJWT } from 'jose'
import { json } from './http'
import { PUBLISHABLE_KEY, type SecretKeys } from './keys'

export const TOKEN_SECONDS = 3600

const ROLES = ['anon', 'authenticated', 'service_role'] as const
export type Role = (typeof ROLES)[number]

export interface Caller {
  role: Role
  claims: JWTPayload
}

/** The claims of a token that we signed, or whether it failed for its age. */
export type TokenRead = { claims: JWTPayload } | { expired: boolean }

export interface Tokens {
  sign(claims: JWTPayload): Promise<string>
  read(token: string): Promise<TokenRead>
  /** The caller, or the 401 for a missing or wrong key and for an invalid or expired token. */
  identify(request: Request): Promise<Caller | Response>
}

/** Tokens and callers of a backend with these keys. */
export function createTokens({ secretKey, jwtSecret }: SecretKeys): Tokens {
  const secret = new TextEncoder().encode(jwtSecret)
  const read = (token: string) => readWith(secret, token)
  return {
    read,
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret),
    identify: (request) => identifyWith(read, secretKey, request),
  }
}

async function readWith(secret: Uint8Array, token: string): Promise<TokenRead> {
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], clockTolerance: 30 })
    return { claims: payload }
  } catch (error) {
    if (error instanceof errors.JOSEError) return { expired: error instanceof errors.JWTExpired }
    throw error
  }
}

export const bearerOf = (request: Request): string | null =>
  /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null

async function identifyWith(
  readToken: Tokens['read'],
  secretKey: string,
  request: Request,
): Promise<Caller | Response> {
  const key = request.headers.get('apikey') ?? new URL(request.url).searchParams.get('apikey')
  if (!key)
    return json(401, {
      message: 'No API key found in request',
      hint: 'No `apikey` request header or url param was found.',
    })
  const caller = await callerOfKey(readToken, secretKey, key)
  if (!caller) return json(401, { message: 'Invalid API key', hint: 'Double check your Supabase API key.' })
  const token = bearerOf(request)
  if (!token || token === key) return caller
  const read = await readToken(token)
  if ('expired' in read) return refuseToken(read.expired)
  const role = ROLES.find((known) => known === read.claims['role'])
  return role ? { role, claims: read.claims } : refuseToken(false)
}

async function callerOfKey(
  readToken: Tokens['read'],
  secretKey: string,
  key: string,
): Promise<Caller | null> {
  if (key === PUBLISHABLE_KEY) return { role: 'anon', claims: { role: 'anon' } }
  if (key === secretKey) return { role: 'service_role', claims: { role: 'service_role' } }
  const read = await readToken(key) // Supabase's legacy keys are tokens for anon and service_role
  const role = 'claims' in read ? read.claims['role'] : null
  return 'claims' in read && (role === 'anon' || role === 'service_role')
    ? { role, claims: read.claims }
    : null
}

const refuseToken = (expired: boolean) =>
  json(
    401,
    expired
      ? { code: 'PGRST303', details: null, hint: null, message: 'JWT expired' }
      : { code: 'PGRST301', details: null, hint: null, message: 'No suitable key or wrong key type' },
    { 'www-authenticate': 'Bearer error="invalid_token"' },
  )
