/** Captions cut from a transcript by the pauses of its sound, against speech whose words have known times. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cuesOf } from './cuesOf'
import { LINE_MAX, READ_PER_S } from './cut'

/** What `tests/media/speech/make.py` wrote. */
interface Sample {
  file: string
  voice: string
  speed: number
  text: string
  words: [from: number, to: number][]
  db: string
}

const FILE = path.resolve(import.meta.dirname, '../../../../tests/media/speech/speech.json')
const samples = JSON.parse(readFileSync(FILE, 'utf8')) as Sample[]
const levelsOf = ({ db }: Sample) => [...Buffer.from(db, 'base64')].map((level) => level / 2 - 96)
const GOAL_MS = 500

/** How far each caption is from the words that it shows, in ms: its beginning, and its end as far as it stays behind them. */
function strays(sample: Sample): { start: number; end: number }[] {
  let word = 0
  return cuesOf(sample.text, levelsOf(sample)).map(({ at, to, text }) => {
    const first = sample.words[word]!
    word += text.split(/\s+/u).length
    return { start: Math.abs(at - first[0]), end: Math.abs(to - sample.words[word - 1]![1]) }
  })
}

const share = (found: readonly { start: number; end: number }[]) =>
  found.filter(({ start, end }) => Math.max(start, end) <= GOAL_MS).length / found.length

test('beginning and end of at least nine captions in ten are within half a second of the voice', () => {
  const all = samples.map((sample) => ({ sample, found: strays(sample) }))
  for (const { sample, found } of all)
    console.log(
      `${sample.file} ${sample.voice} ${sample.speed}: ${share(found).toFixed(3)} of ${found.length}`,
    )
  const shares = share(all.flatMap(({ found }) => found))
  console.log(`within ${GOAL_MS} ms: ${shares.toFixed(3)}`)
  expect(shares).toBeGreaterThanOrEqual(0.9)
  for (const { found } of all) expect(share(found)).toBeGreaterThanOrEqual(0.8)
})

test('every word of the transcript is shown once and in order, in lines and times that can be read', () => {
  for (const sample of samples) {
    const cues = cuesOf(sample.text, levelsOf(sample))
    expect(
      cues
        .map(({ text }) => text)
        .join(' ')
        .replaceAll('\n', ' '),
    ).toBe(sample.text)
    const fast = cues.filter(({ at, to, text }) => text.length / ((to - at) / 1000) > READ_PER_S + 1)
    for (const [index, { at, to, text }] of cues.entries()) {
      const lines = text.split('\n')
      expect(lines.length).toBeLessThanOrEqual(2)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(LINE_MAX)
      expect(to).toBeLessThanOrEqual(cues[index + 1]?.at ?? Infinity)
      expect(to - at).toBeGreaterThan(500)
      expect(to - at).toBeLessThanOrEqual(7_500)
    }
    if (sample.speed <= 150) expect(fast.length / cues.length).toBeLessThanOrEqual(0.2)
  }
})

test.each([
  ['without words', ' \n', levelsOf(samples[0]!)],
  ['of silence', 'Hola.', Array.from({ length: 500 }, () => -96)],
  ['of no sound', 'Hola.', []],
])('a transcript %s has no captions', (_, text, levels) => expect(cuesOf(text, levels)).toEqual([]))

test('a pause in the sound begins another caption, where the words alone would not say so', () => {
  const levels = Array.from({ length: 400 }, (__, at) => (at < 75 || (at >= 200 && at < 300) ? -20 : -80))
  const [first, second] = cuesOf('Primero se pregunta y después se decide', levels)
  expect(first).toMatchObject({ at: 0, text: 'Primero se pregunta' })
  expect(second).toMatchObject({ at: 4000, text: 'y después se decide' })
})
