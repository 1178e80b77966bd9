/** The HTTP status of each SQLSTATE, by PostgREST's table of errors (docs.postgrest.org, «Errors»). */
import type pg from 'pg'
import { json } from './http'

const EXACT: Record<string, number> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '53400': 500,
  '57P01': 503,
  P0001: 400,
}

const BY_CLASS: Record<string, number> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
}

/** `PTxyz` becomes HTTP xyz. A missing right is 401 for callers who have not signed in and 403 for others. */
export function statusOf(sqlstate: string, role: string): number {
  const own = /^PT(\d{3})$/.exec(sqlstate)
  if (own) return Number(own[1])
  if (sqlstate === '42501') return role === 'anon' ? 401 : 403
  return EXACT[sqlstate] ?? BY_CLASS[sqlstate.slice(0, 2)] ?? 400
}

export function refuseWith(
  { code = 'XX000', message, detail, hint }: pg.DatabaseError,
  role: string,
): Response {
  const status = statusOf(code, role)
  const body = { code, details: detail ?? null, hint: hint ?? null, message }
  return json(status, body, status === 401 ? { 'www-authenticate': 'Bearer' } : {})
}

export const restError = (status: number, code: string, message: string, details: string | null = null) =>
  json(status, { code, details, hint: null, message })
