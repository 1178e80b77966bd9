/** The interface of a browser for the smoke tests, whatever drives it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Smoke } from './pages/smoke'

/** Calls a function of the page. */
export type Call = <Name extends keyof Smoke>(
  name: Name,
  ...args: Parameters<Smoke[Name]>
) => Promise<Awaited<ReturnType<Smoke[Name]>>>

export interface Browser {
  /** Opens an address of this origin in a new page, on the same profile. */
  open(address: string): Promise<void>
  /** Calls a function of `pages/smoke.ts`. */
  call: Call
  /** Sends SIGKILL to the browser and all its processes. */
  kill9(): Promise<void>
}

/** A browser with a driver that runs code in any page. */
export interface Scripted extends Browser {
  evaluate<T>(expression: string): Promise<T>
}

export interface Kind<B extends Browser = Browser> {
  name: string
  /** The reason why it cannot run here; null if it can. */
  missing: string | null
  /** Whether stored data survives a restart of the browser on its profile. */
  keepsProfile: boolean
  /** Starts the browser on a profile, which is a folder. */
  launch(profile: string): Promise<B>
}

export const firstOf = (places: string[]): string | undefined => places.find((place) => existsSync(place))

/** The expression for one call. Every answer is an object, so that it is valid JSON even without a value. */
export const callOf = (name: string, args: unknown[]): string =>
  `window.smoke[${JSON.stringify(name)}](...${JSON.stringify(args)})`

/** Runs an expression and returns its result or error as JSON. */
export const asJson = (expression: string): string =>
  `(async () => JSON.stringify({ value: (await (${expression})) ?? null }))()` +
  `.catch((error) => JSON.stringify({ error: String(error) }))`

/** The value of such a result. Throws the page's error. */
export function valueOf<T>(answer: { value?: unknown; error?: string }): T {
  if (answer.error !== undefined) throw new Error(`in the page: ${answer.error}`)
  return answer.value as T
}

/**
 * Starts a program in a process group of its own, so that it can be ended with all its children and nothing
 * else.
 */
export function start(program: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
}

export async function killGroup(child: ChildProcess): Promise<void> {
  const isGone = child.exitCode !== null || child.signalCode !== null
  const gone = isGone ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve))
  try {
    process.kill(-child.pid!, 'SIGKILL')
  } catch {
    // the whole group had already ended
  }
  await gone
}
