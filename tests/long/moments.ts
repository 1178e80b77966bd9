/** The moments at which a phone dies while saving, sending or uploading, and the progress by then. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import type { NetworkProxy } from '../support/proxy'
import { between, type Random } from '../support/random'

export type Doing = 'saving' | 'sending' | 'uploading'

/**
 * `before` and `after`: nothing or everything was done. In between: saved, and the screen did not say so yet
 * (`untold`); the `call` had left, and the server did not have it; the server had committed, and its `answer`
 * was on its way; some `bytes` had left.
 */
type Landed = 'before' | 'untold' | 'call' | 'answer' | 'bytes' | 'after'

export interface Death {
  ms: number
  /** Null if only the data on the phone can tell. */
  landed: Landed | null
  /** Releases a held call, so that it arrives late. */
  comeLate: () => void
}

export interface Scene {
  network: NetworkProxy
  random: Random
  /** Taps «Enviar» after this many milliseconds. */
  tap: (later: number) => Promise<void>
  die: () => Promise<void>
}

const FN = 'apply_ops'
const ARRIVES = { timeout: 30_000, intervals: [5] }
/** In ms from the tap. Finding and killing the processes takes about 50 ms. */
const AROUND_TAP = [-80, 60] as const
const WHILE_HELD = [0, 800] as const
const WHILE_UPLOADING = [0, 6_000] as const
/** The place of the kill by turn, most often the riskiest ones. */
const PLACES = ['call', 'answer', 'before', 'call', 'answer', 'after'] as const
const never = () => undefined

/** Dies this long after the tap; a negative value means before it. */
async function dieAround({ tap, die }: Scene, ms: number): Promise<void> {
  await tap(Math.max(0, -ms))
  if (ms > 0) await wait(ms)
  await die()
}

/** Saves without signal. */
async function dieSaving(scene: Scene): Promise<Death> {
  const ms = Math.round(between(scene.random, AROUND_TAP))
  scene.network.down(true)
  await dieAround(scene, ms)
  return { ms, landed: null, comeLate: never }
}

/**
 * Holds the call or its answer, and dies while it waits. Half of the held calls arrive late, the others never.
 */
async function dieSending(scene: Scene, turn: number): Promise<Death> {
  const { network, random, tap, die } = scene
  const place = PLACES[turn % PLACES.length]!
  const ms = Math.round(between(random, place === 'before' ? AROUND_TAP : WHILE_HELD))
  const [calls, answers] = [network.calls(FN), network.answers(FN)]
  const isCalled = () => network.calls(FN) > calls
  const isAnswered = () => network.answers(FN) > answers
  const release = place === 'call' || place === 'answer' ? network.hold(FN, place) : never
  if (place === 'before') {
    await dieAround(scene, ms)
  } else {
    await tap(0)
    await expect.poll(place === 'call' ? isCalled : isAnswered, ARRIVES).toBe(true)
    await wait(ms)
    await die()
  }
  const answered = place === 'answer' ? 'answer' : 'after'
  const landed = isAnswered() ? answered : isCalled() ? 'call' : 'before'
  if (place !== 'before') expect(landed).toBe(place)
  return { ms, landed, comeLate: place === 'call' && random() < 0.5 ? release : never }
}

async function dieUploading(scene: Scene, bytes: number): Promise<Death> {
  const ms = Math.round(between(scene.random, WHILE_UPLOADING))
  const before = scene.network.uploaded()
  await dieAround(scene, ms)
  const left = scene.network.uploaded() - before
  return { ms, landed: left === 0 ? 'before' : left < bytes ? 'bytes' : 'after', comeLate: never }
}

/** Dies for the `turn`th time of its kind, counted from 0; `bytes` is the size of the file. */
export function dieWhile(doing: Doing, scene: Scene, turn: number, bytes: number): Promise<Death> {
  if (doing === 'saving') return dieSaving(scene)
  return doing === 'sending' ? dieSending(scene, turn) : dieUploading(scene, bytes)
}

/** The number of deaths at each place. */
export function census(deaths: readonly { doing: Doing; landed: Landed }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { doing, landed } of deaths) {
    const name = `${doing} ${landed}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
