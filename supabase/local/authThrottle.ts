/**
 * How often a sign-in may fail. Failures count by account and by caller, both as keyed hashes that end with the process.
 * Somebody behind an address that attackers share is not locked by them: a caller's limit leaves each account one attempt
 * in two minutes, and an account's limit spares callers that signed in to it before.
 */
import { createHmac, randomBytes } from 'node:crypto'

const WINDOW_MS = 15 * 60_000
/** Of one caller on one account. */
const PAIR_LIMIT = 10
/** Of all callers on one account. */
const ACCOUNT_LIMIT = 50
/** Of one caller on all accounts. */
const CALLER_LIMIT = 100
const SLOW_MS = 2 * 60_000
/** Above this number of counts, the oldest are forgotten. */
const KEPT = 50_000

interface Attempt {
  pair: string
  account: string
  caller: string
}

export interface Throttle {
  /** Whether this attempt may be tried now. */
  admits(account: string, caller: string): boolean
  failed(account: string, caller: string): void
  /** Clears the pair, which is known from now on. */
  succeeded(account: string, caller: string): void
}

/** `now` is the clock, in ms. */
export function createThrottle(now: () => number = Date.now): Throttle {
  const key = randomBytes(32)
  const failures = new Map<string, number[]>()
  const known = new Set<string>()
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('base64')
  const attemptOf = (account: string, caller: string): Attempt => ({
    pair: hash(`${account.toLowerCase()} ${caller}`),
    account: hash(account.toLowerCase()),
    caller: hash(caller),
  })
  const recent = (of: string) => (failures.get(of) ?? []).filter((at) => at > now() - WINDOW_MS)

  function admits(account: string, caller: string): boolean {
    const attempt = attemptOf(account, caller)
    const own = recent(attempt.pair)
    if (own.length >= PAIR_LIMIT) return false
    if (known.has(attempt.pair)) return true
    if (recent(attempt.account).length >= ACCOUNT_LIMIT) return false
    return recent(attempt.caller).length < CALLER_LIMIT || (own.at(-1) ?? -Infinity) <= now() - SLOW_MS
  }

  function failed(account: string, caller: string): void {
    for (const of of Object.values(attemptOf(account, caller)) as string[]) {
      const counts = [...recent(of), now()].slice(-CALLER_LIMIT)
      failures.delete(of)
      failures.set(of, counts)
    }
    for (const of of failures.keys()) {
      if (failures.size <= KEPT) break
      failures.delete(of)
    }
  }

  function succeeded(account: string, caller: string): void {
    const { pair } = attemptOf(account, caller)
    failures.delete(pair)
    known.add(pair)
  }

  return { admits, failed, succeeded }
}

/**
 * The network of the caller, as the last proxy names it: an IPv4 address, or the first 64 bits of an IPv6 one, which
 * belong to one subscriber. `local` without a proxy.
 */
export function callerOf(request: Request): string {
  const named = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().toLowerCase()
  if (!named) return 'local'
  if (!named.includes(':') || named.includes('.')) return named
  const [head = '', tail] = named.split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return groups.map((group) => group.replace(/^0+(?=.)/u, '')).join(':')
}
