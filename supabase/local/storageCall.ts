/** What every route of storage gets: the backend's parts and the parsed request. */
import type { IncomingMessage } from 'node:http'
import type pg from 'pg'
import { readBody } from './http'
import { badBearer, badRequest, refusal } from './storageErrors'
import type { Files } from './storageFiles'
import type { Caller, Tokens } from './tokens'

export interface Storage {
  pool: pg.Pool
  files: Files
  tokens: Tokens
}

export interface StorageCall {
  /** Without its body: read that from `incoming`. */
  request: Request
  incoming: IncomingMessage
  bucket: string
  name: string
  /** Identifies the caller; throws TurnedAway. */
  caller(): Promise<Caller>
}

/** A refusal of the key or of the token, with its response. */
export class TurnedAway extends Error {
  constructor(readonly response: Response) {
    super('turned away')
  }
}

/** The gateway refuses a key with 401. The storage API itself reads the token, and refuses it with its own 400. */
export async function callerOf({ tokens }: Storage, request: Request): Promise<Caller> {
  const key = request.headers.get('apikey')
  const byKey = await tokens.identify(new Request(request.url, key ? { headers: { apikey: key } } : {}))
  if (byKey instanceof Response) throw new TurnedAway(byKey)
  const caller = await tokens.identify(request)
  if (caller instanceof Response) throw new TurnedAway(refusal(badBearer()))
  return caller
}

/** The request's body as a JSON object. */
export async function jsonBody(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const body = await readBody(incoming)
  try {
    const value: unknown = JSON.parse(String(body))
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // refused below
  }
  throw badRequest('body must be a JSON object')
}

export const textOf = (body: Record<string, unknown>, name: string): string => {
  const value = body[name]
  if (typeof value !== 'string') throw badRequest(`body must have property '${name}'`)
  return value
}

/** The strings of a list. */
export const textsOf = (body: Record<string, unknown>, name: string): string[] => {
  const value = body[name]
  if (!Array.isArray(value)) throw badRequest(`body must have property '${name}'`)
  return value.filter((one) => typeof one === 'string')
}
