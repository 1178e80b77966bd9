import { describe, expect, test } from 'vitest'
import type { Inspected } from '../inspect'
import { moved, spread, usualCover } from './part'
import {
  bytesOfPart,
  leaner,
  longestAsIs,
  recipeFor,
  shrunkBytes,
  waysFor,
  wholePart,
  type Seen,
} from './plan'

const LIMITS = { min_s: 15, max_s: 180, max_bytes: 300_000_000 }
const SEEN: Seen = {
  sound: 'aac',
  decodesPicture: true,
  decodesSound: true,
  encodesPicture: true,
  rate: 30,
  soundBps: 128_000,
}
const video = (
  bytes: number,
  seconds: number,
  codec: string | null = 'avc',
): Inspected & { codec: string | null } => ({
  mime: 'video/mp4',
  bytes,
  durationMs: seconds * 1000,
  width: 1920,
  height: 1080,
  hasSound: true,
  codec,
})
const ways = (found: ReturnType<typeof video>, seen: Seen | null = SEEN, limits = LIMITS) =>
  waysFor(wholePart(found.durationMs, limits), found, seen, limits)

describe('the ways of a video', () => {
  test.each<[what: string, found: ReturnType<typeof video>, seen: Seen | null, ways: string[]]>([
    ['a heavy minute', video(130_000_000, 60), SEEN, ['shrink', 'asIs']],
    ['a light one', video(12_000_000, 60), SEEN, ['asIs']],
    ['a light one that few phones show', video(12_000_000, 60, 'hevc'), SEEN, ['shrink', 'asIs']],
    ['one over the limit', video(301_000_000, 60), SEEN, ['shrink']],
    ['a minute on a phone that cannot look', video(130_000_000, 60), null, ['asIs']],
    ['one over the limit there', video(301_000_000, 60), null, []],
    [
      'one whose picture is not decoded',
      video(130_000_000, 60),
      { ...SEEN, decodesPicture: false },
      ['asIs'],
    ],
    ['one whose sound is not decoded', video(130_000_000, 60), { ...SEEN, decodesSound: false }, ['asIs']],
    ['one on a phone without H.264', video(130_000_000, 60), { ...SEEN, encodesPicture: false }, ['asIs']],
    ['an hour of a gigabyte', video(1_000_000_000, 3600), SEEN, ['asIs']],
  ])('%s', (_, found, seen, expected) => expect(ways(found, seen)).toEqual(expected))

  test('on a phone that cannot make it lighter, a part that is short enough is one', () => {
    const found = video(600_000_000, 120)
    const most = longestAsIs(found, LIMITS)
    expect(most).toBe(57)
    expect(waysFor({ startS: 10, endS: 10 + most }, found, null, LIMITS)).toEqual(['asIs'])
  })
})

describe('the recipe of a lighter copy', () => {
  test.each([
    [60, LIMITS.max_bytes],
    [180, LIMITS.max_bytes],
    [180, 20_000_000],
    [15, LIMITS.max_bytes],
  ])('of %d s within %d bytes gives at most 44 MB and the limit, with its sound', (seconds, max_bytes) => {
    const limits = { ...LIMITS, max_bytes }
    const part = { startS: 0, endS: seconds }
    const { videoBps } = recipeFor(part, video(1e9, seconds), SEEN, limits)
    const bytes = ((videoBps + SEEN.soundBps!) * seconds) / 8
    expect(bytes).toBeLessThanOrEqual(Math.min(44_000_000, max_bytes, (2_000_000 * seconds) / 8))
    expect(shrunkBytes(part, limits)).toBeGreaterThanOrEqual(bytes)
  })

  test.each<[string, Partial<Inspected>, object]>([
    ['lying 1080 lines', {}, { height: 720 }],
    ['upright 4K', { width: 2160, height: 3840 }, { width: 720 }],
    ['a square', { width: 1000, height: 1000 }, { width: 720 }],
  ])('has 720 pixels on the short side of %s', (_, size, expected) => {
    const recipe = recipeFor({ startS: 0, endS: 20 }, { ...video(1e8, 20), ...size }, SEEN, LIMITS)
    expect(recipe).toMatchObject(expected)
    expect(Object.keys(recipe)).toHaveLength(3)
  })

  test('enlarges nothing, and has 30 of 60 pictures a second', () => {
    const small = { ...video(1e8, 20), width: 640, height: 480 }
    const recipe = recipeFor({ startS: 0, endS: 20 }, small, { ...SEEN, rate: 59.9 }, LIMITS)
    expect(recipe).not.toHaveProperty('height')
    expect(recipe).not.toHaveProperty('width')
    expect(recipe.rate).toBe(30)
  })

  test('is leaner after one that came out too large', () => {
    const recipe = leaner({ videoBps: 1_000_000, soundBps: 96_000 }, 50_000_000, 45_000_000)
    expect(recipe.videoBps).toBeLessThan(900_000)
  })
})

describe('the ends of a part', () => {
  const move = (part: object, end: 'startS' | 'endS', to: number, durationS = 600) =>
    moved(part as never, end, to, durationS, LIMITS)

  test.each([
    ['moves alone', { startS: 0, endS: 100 }, 'startS', 12.34, { startS: 12.3, endS: 100 }],
    [
      'takes the end along when the part gets too short',
      { startS: 0, endS: 20 },
      'startS',
      10,
      { startS: 10, endS: 25 },
    ],
    [
      'takes the end along when the part gets too long',
      { startS: 50, endS: 200 },
      'startS',
      10,
      { startS: 10, endS: 190 },
    ],
    ['leaves the least length', { startS: 0, endS: 100 }, 'startS', 9_999, { startS: 585, endS: 600 }],
    ['does not begin before the video', { startS: 5, endS: 100 }, 'startS', -3, { startS: 0, endS: 100 }],
    ['takes the start along', { startS: 0, endS: 100 }, 'endS', 300, { startS: 120, endS: 300 }],
    ['takes the start along backwards', { startS: 50, endS: 100 }, 'endS', 55, { startS: 40, endS: 55 }],
    ['does not end after the video', { startS: 550, endS: 580 }, 'endS', 601, { startS: 550, endS: 600 }],
  ] as const)('%s', (_, part, end, to, expected) => expect(move(part, end, to)).toEqual(expected))

  test('reaches the very end of a video whose length is no tenth', () => {
    expect(moved({ startS: 0, endS: 20 }, 'endS', 30.04, 30.04, LIMITS).endS).toBe(30.04)
  })
})

test('the usual cover is the first second of the part, or the middle of a shorter one', () => {
  expect(usualCover({ startS: 10, endS: 40 })).toBe(11)
  expect(usualCover({ startS: 10, endS: 11 })).toBe(10.5)
})

test('the pictures of a strip lie in the middle of equal shares', () =>
  expect(spread(80, 4)).toEqual([10, 30, 50, 70]))

test('a part of the bytes is a part of the time', () =>
  expect(bytesOfPart({ startS: 10, endS: 40 }, video(120_000_000, 60))).toBe(60_000_000))
