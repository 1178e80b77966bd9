/** The moments at which a phone dies while it saves, sends or uploads, and what had happened by then. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import type { NetworkProxy } from '../support/proxy'
import { between, type Random } from '../support/random'

export type Doing = 'saving' | 'sending' | 'uploading'

/**
 * `before` and `after` all of it. In between: it was saved and the screen did not say so yet (`untold`); the
 * `call` had left and the server did not have it; the server had committed and its `answer` was on its way;
 * some `bytes` had left.
 */
type Landed = 'before' | 'untold' | 'call' | 'answer' | 'bytes' | 'after'

export interface Death {
  ms: number
  /** Null when only what is on the phone can tell. */
  landed: Landed | null
  /** A call that was on its way comes through after all. */
  comeLate: () => void
}

export interface Scene {
  network: NetworkProxy
  random: Random
  /** Taps «Enviar» that many milliseconds from now. */
  tap: (later: number) => Promise<void>
  die: () => Promise<void>
}

const FN = 'apply_ops'
const ARRIVES = { timeout: 30_000, intervals: [5] }
/** From the tap, in ms; to find the processes and kill them takes some 50. */
const AROUND_TAP = [-80, 60] as const
const WHILE_HELD = [0, 800] as const
const WHILE_UPLOADING = [0, 6_000] as const
/** Where the call of the first kill is caught, and so on: mostly where it hurts. */
const PLACES = ['call', 'answer', 'before', 'call', 'answer', 'after'] as const
const never = () => undefined

/** That long after the tap; below zero: the battery was already falling out. */
async function dieAround({ tap, die }: Scene, ms: number): Promise<void> {
  await tap(Math.max(0, -ms))
  if (ms > 0) await wait(ms)
  await die()
}

/** Without signal. */
async function dieSaving(scene: Scene): Promise<Death> {
  const ms = Math.round(between(scene.random, AROUND_TAP))
  scene.network.down(true)
  await dieAround(scene, ms)
  return { ms, landed: null, comeLate: never }
}

/** The call, or its answer, is held, and the phone dies while it waits. Half of the held calls come late, half never. */
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

/** The `turn`th death of its kind, counted from 0; `bytes` are those of the file. */
export function dieWhile(doing: Doing, scene: Scene, turn: number, bytes: number): Promise<Death> {
  if (doing === 'saving') return dieSaving(scene)
  return doing === 'sending' ? dieSending(scene, turn) : dieUploading(scene, bytes)
}

/** How many of them landed where. */
export function census(deaths: readonly { doing: Doing; landed: Landed }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { doing, landed } of deaths) {
    const name = `${doing} ${landed}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
