/** How often a channel may call the server. It is kept on disk, so that tabs and worker share it. */
import { db } from '@/data/db'
import { RpcFault } from '@/data/rpc'
import type { Fault } from '@/domain/fault'
import { backoffMs, boundedWait } from './backoff'

/** Citizens' ops are sent without a token, staff's with their author's token: two calls, each with its throttle. */
export type Channel = 'author' | 'staff'

export const MAX_OPS = 50

export interface Throttle {
  failures: number // in a row
  not_before: number // ms, phone's clock
  limit: number // ops in the next call: halved by a failed call, doubled by a good one
}

const FRESH: Throttle = { failures: 0, not_before: 0, limit: MAX_OPS }

export async function readThrottle(channel: Channel): Promise<Throttle> {
  return ((await db.meta.get(`pace:${channel}`))?.value as Throttle | undefined) ?? FRESH
}

/** Call it in a transaction with `meta`. */
export async function writeThrottle(channel: Channel, throttle: Throttle): Promise<void> {
  await db.meta.put({ key: `pace:${channel}`, value: throttle })
}

/** The throttle after a call that settled at least one op. */
export const afterProgress = (throttle: Throttle): Throttle => ({
  failures: 0,
  not_before: 0,
  limit: Math.min(MAX_OPS, throttle.limit * 2),
})

/** The throttle after a call of `sent` ops that settled none. A smaller batch does not help without signal. */
export function afterFailure(
  throttle: Throttle,
  sent: number,
  fault: Fault | null,
  now: number,
  random: number,
): Throttle {
  const asked = fault instanceof RpcFault ? fault.details.retryAfterMs : undefined
  const keepsSize = !fault || fault.code === 'offline' || fault.code === 'rate_limited'
  const failures = throttle.failures + 1
  return {
    failures,
    not_before: now + Math.max(backoffMs(failures, random), boundedWait(asked ?? 0)),
    limit: keepsSize ? throttle.limit : Math.max(1, Math.floor(sent / 2)),
  }
}
