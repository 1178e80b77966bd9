/** The light of a picture and what may be done to it, so that a decoder sees a code in it. */
import type { Picture } from './ways'

/** The luminance of each pixel (ITU-R BT.601, 0 to 255), line by line. */
export interface Light {
  values: Float32Array
  width: number
  height: number
}

export function lightOf({ data, width, height }: Picture): Light {
  const values = new Float32Array(width * height)
  for (let at = 0; at < values.length; at++)
    values[at] = 0.299 * data[at * 4]! + 0.587 * data[at * 4 + 1]! + 0.114 * data[at * 4 + 2]!
  return { values, width, height }
}

/** The picture of this light, in grey. */
export function pictureOf({ values, width, height }: Light): Picture {
  const data = new Uint8ClampedArray(values.length * 4).fill(255)
  for (let at = 0; at < values.length; at++) data[at * 4] = data[at * 4 + 1] = data[at * 4 + 2] = values[at]!
  return { data, width, height }
}

/**
 * Counts each pixel `self` times and the mean of the nine around and at it for the rest: below 1 softens, above sharpens.
 */
export function mixed(light: Light, self: number): Light {
  const around = meanAround(light, 1)
  return { ...light, values: light.values.map((value, at) => self * value + (1 - self) * around[at]!) }
}

/** Black and white: whether a pixel is lighter than the mean of the square around it, whatever the lamp or a shadow does. */
export function evened(light: Light, reach: number): Light {
  const around = meanAround(light, reach)
  return { ...light, values: light.values.map((value, at) => (value > around[at]! ? 255 : 0)) }
}

/** The mean of the pixels at most `reach` away to each side, of those that there are. */
function meanAround({ values, width, height }: Light, reach: number): Float32Array {
  return meanAlong(meanAlong(values, width, height, reach), height, width, reach)
}

/** The means along the lines, turned over the picture's diagonal: doing it twice gives those of a square. */
function meanAlong(values: Float32Array, width: number, height: number, reach: number): Float32Array {
  const means = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    const line = y * width
    let [sum, count] = [0, 0]
    for (let x = -reach; x < width; x++) {
      if (x + reach < width) {
        sum += values[line + x + reach]!
        count += 1
      }
      if (x - reach > 0) {
        sum -= values[line + x - reach - 1]!
        count -= 1
      }
      if (x >= 0) means[x * height + y] = sum / count
    }
  }
  return means
}
