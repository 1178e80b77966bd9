/** What the smoke runs need of a browser, whatever steers it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Smoke } from './pages/smoke'

/** What a function of the page takes and answers. */
export type Call = <Name extends keyof Smoke>(
  name: Name,
  ...args: Parameters<Smoke[Name]>
) => Promise<Awaited<ReturnType<Smoke[Name]>>>

export interface Browser {
  /** Goes to an address of this origin; the page is a new one, on the same profile. */
  open(address: string): Promise<void>
  /** Calls what `pages/smoke.ts` offers. */
  call: Call
  /** SIGKILL to the browser and all its processes. */
  kill9(): Promise<void>
}

/** A browser whose driver runs code in any page. */
export interface Scripted extends Browser {
  evaluate<T>(expression: string): Promise<T>
}

export interface Kind<B extends Browser = Browser> {
  name: string
  /** Why it cannot run here; null when it can. */
  missing: string | null
  /** Whether what a page kept is there when the browser is started again on the profile. */
  keepsProfile: boolean
  /** Starts it on a profile, a folder. */
  launch(profile: string): Promise<B>
}

export const firstOf = (places: string[]): string | undefined => places.find((place) => existsSync(place))

/** The words for one call; every answer is an object, so that it is JSON even when there is none. */
export const callOf = (name: string, args: unknown[]): string =>
  `window.smoke[${JSON.stringify(name)}](...${JSON.stringify(args)})`

/** Runs an expression and hands over what it came to as JSON, a failure too. */
export const asJson = (expression: string): string =>
  `(async () => JSON.stringify({ value: (await (${expression})) ?? null }))()` +
  `.catch((error) => JSON.stringify({ error: String(error) }))`

/** The value of an answer in that form; throws what the page threw. */
export function valueOf<T>(answer: { value?: unknown; error?: string }): T {
  if (answer.error !== undefined) throw new Error(`in the page: ${answer.error}`)
  return answer.value as T
}

/** A program in a process group of its own, so that it can be ended with all its children and nobody else. */
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
    // the whole group had ended already
  }
  await gone
}
