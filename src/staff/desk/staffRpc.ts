/** The staff's calls: one with a good token, and a second one when the server found the first one old. */
import { rpc } from '@/data/rpc'
import { freshToken } from '@/data/staff/auth'
import { Fault } from '@/domain/fault'

/** Runs `call` as the signed-in member. `Fault('auth')` means: sign in again. */
export async function withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
  const token = await freshToken()
  if (!token) throw new Fault('auth', false)
  try {
    return await call(token)
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'auth') throw error
    const renewed = await freshToken(token)
    if (!renewed) throw error
    return call(renewed)
  }
}

/** Calls `fn` as the signed-in member. */
export const staffRpc = <T>(fn: string, args: Record<string, unknown> = {}): Promise<T> =>
  withToken((token) => rpc<T>(fn, args, { token }))
