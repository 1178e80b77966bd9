/**
 * Reads a QR code in a picture, with zxing-cpp. The worker of the camera runs it, and so do the tests and the benchmark of
 * bad pictures.
 */
import { BarcodeDetector } from 'barcode-detector/ponyfill'
import { evened, type Light, lightOf, mixed, pictureOf } from './light'
import { LOOK_COUNT, type Picture } from './ways'

const [SOFT, SHARP, SHARPER] = [0.25, 4.4, 10]
/** How far an evened picture compares a pixel: about three modules of a small code. */
const REACH = 1 / 40

type Way = (picture: Picture) => Picture
const by =
  (change: (light: Light) => Light): Way =>
  (picture) =>
    pictureOf(change(lightOf(picture)))

/** The ways to look at a picture, the one that finds most first. Each sees what the ones before it miss. */
const LOOKS: readonly [Way, Way, Way, Way] = [
  (picture) => picture,
  by((light) => evened(mixed(light, SOFT), Math.round(light.width * REACH))), // low light, glare, noise, moiré
  by((light) => mixed(light, SHARP)), // out of focus
  by((light) => mixed(mixed(light, SOFT), SHARPER)), // out of focus, with noise
]

let detector: BarcodeDetector | undefined

/** The text of the code, by one way of looking; null when it sees none. Rejects when the decoder did not arrive. */
export async function look(picture: Picture, way: number): Promise<string | null> {
  detector ??= new BarcodeDetector({ formats: ['qr_code'] }) // it fetches its wasm, whose address is known by now
  const { data, width, height } = LOOKS[way]!(picture)
  const [found] = await detector.detect(new ImageData(data, width, height))
  return found?.rawValue ?? null
}

/** The text of the code, by every way of looking; null when none sees one. */
export async function lookWell(picture: Picture): Promise<string | null> {
  for (let way = 0; way < LOOK_COUNT; way++) {
    const text = await look(picture, way)
    if (text !== null) return text
  }
  return null
}
