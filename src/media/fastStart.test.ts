/** The last step of a public copy, on clips of phones: its index comes first, and nothing but picture and sound is in it. */
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { expect, test } from 'vitest'
import { codedAs, fastStart } from './fastStart'

const clip = (name: string) =>
  new Blob([readFileSync(path.resolve(import.meta.dirname, '../../tests/media/clips', name))])

/** The names of the outermost boxes, in order. */
function boxesOf(bytes: Uint8Array<ArrayBuffer>): string[] {
  const view = new DataView(bytes.buffer)
  const names: string[] = []
  for (let at = 0; at + 8 <= bytes.length; at += view.getUint32(at))
    names.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)))
  return names
}

test.each([
  ['filmed.mp4', 16],
  ['filmed.mov', 16],
  ['fragments.mp4', 2],
])('the copy of %s plays while it arrives and says no place', async (name, seconds) => {
  const { bytes, sha256, duration_ms, width, height } = await fastStart(
    clip(name),
    new AbortController().signal,
  )
  const boxes = boxesOf(bytes)
  expect(boxes[0]).toBe('ftyp')
  expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'))
  expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/19\.2826|SM-G991B/u)
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(Math.abs(duration_ms - seconds * 1000)).toBeLessThan(300)
  expect(await codedAs(clip(name))).toMatchObject({ width, height, picture: 'avc' })
})

test('how a video is coded is told by its file', async () => {
  expect(await codedAs(clip('hevc.mov'))).toMatchObject({ picture: 'hevc', sound: 'aac' })
  expect(await codedAs(clip('tags.webm'))).toMatchObject({ picture: 'vp8' })
})
