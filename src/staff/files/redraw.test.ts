// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { redraw } from './redraw'
import * as make from './testing/files'

const DRAWN = new Uint8Array([1, 2, 3])

beforeEach(() => {
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 40, height: 30 }))
  const canvas = HTMLCanvasElement.prototype
  const context = { fillRect: vi.fn<() => void>(), drawImage: vi.fn<() => void>() }
  vi.spyOn(canvas, 'getContext').mockReturnValue(context as never)
  vi.spyOn(canvas, 'toBlob').mockImplementation((done) => done(new Blob([DRAWN])))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test.each([
  ['JPEG', 'image/jpeg', make.jpeg()],
  ['PNG', 'image/png', make.png()],
  ['WebP', 'image/webp', make.webp()],
])('a %s that holds nothing but a picture keeps its bytes', async (_, mime, bytes) =>
  expect(await redraw(bytes, mime)).toBe(bytes),
)

test.each([
  ['with the place in Exif', make.jpeg({ extra: make.segment(0xe1, 'Exif\0\0') })],
  ['with something behind its end', make.join(make.jpeg(), make.bytes('<script>'))],
])('a JPEG %s is drawn anew', async (_, bytes) => expect(await redraw(bytes, 'image/jpeg')).toEqual(DRAWN))

test('a picture that is larger than what is kept is drawn smaller', async () => {
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 4800, height: 30 }))
  expect(await redraw(make.jpeg(), 'image/jpeg')).toEqual(DRAWN)
})

test('bytes that no browser opens are refused, whatever they claim', async () => {
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no picture')))
  await expect(redraw(make.jpeg(), 'image/jpeg')).rejects.toMatchObject({ code: 'image_broken' })
})
