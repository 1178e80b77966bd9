/**
 * Reads a QR code in a picture, with zxing-cpp. The worker of the camera runs it, and so do the tests and the benchmark of
 * bad pictures.
 */
import { readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import { LOOK_COUNT, type Picture } from './ways'

const QR: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: 1, tryRotate: false, textMode: 'Plain' }

type Way = (picture: Picture) => [Picture, ReaderOptions]

/** The ways to look at a picture, the one that finds most first. Each sees what the ones before it miss. */
const LOOKS: readonly [Way, Way, Way, Way] = [
  (picture) => [picture, QR],
  (picture) => [filtered(picture, SOFTEN), QR], // noise and moiré
  (picture) => [filtered(picture, SHARPEN), QR], // out of focus
  (picture) => [filtered(filtered(picture, SOFTEN), SHARPEN_MORE), QR], // both
]

/** The text of the code, by one way of looking; null when it sees none. */
export async function look(picture: Picture, way: number): Promise<string | null> {
  const [seen, options] = LOOKS[way]!(picture)
  const [found] = await readBarcodes(seen as ImageData, options)
  return found?.isValid ? found.text : null
}

/** The text of the code, by every way of looking; null when none sees one. */
export async function lookWell(picture: Picture): Promise<string | null> {
  for (let way = 0; way < LOOK_COUNT; way++) {
    const text = await look(picture, way)
    if (text !== null) return text
  }
  return null
}

/** How much a pixel and the mean of the eight around it count. */
type Filter = readonly [self: number, around: number]
const SOFTEN: Filter = [1 / 3, 2 / 3]
const SHARPEN: Filter = [4, -3]
const SHARPEN_MORE: Filter = [9, -8]

/** The picture in grey, each pixel mixed with those around it. Its rim of one pixel becomes white. */
function filtered({ data, width, height }: Picture, [self, around]: Filter): Picture {
  const grey = Float32Array.from({ length: width * height }, (_, at) => lightOf(data, at * 4))
  const seen = new Uint8ClampedArray(data.length).fill(255)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x
      const [above, below] = [at - width, at + width]
      const sum =
        grey[above - 1]! +
        grey[above]! +
        grey[above + 1]! +
        grey[at - 1]! +
        grey[at + 1]! +
        grey[below - 1]! +
        grey[below]! +
        grey[below + 1]!
      seen[at * 4] = seen[at * 4 + 1] = seen[at * 4 + 2] = self * grey[at]! + (around * sum) / 8
    }
  return { data: seen, width, height }
}

/** The luminance of a pixel (ITU-R BT.601). */
const lightOf = (data: Uint8ClampedArray, at: number): number =>
  0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!
