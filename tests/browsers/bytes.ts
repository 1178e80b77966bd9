/** Random bytes from a seed, equal in Node and in a page, so that no file has to be passed to the browser. */
import { randomFrom } from '../support/random'

export function seededBytes(seed: number, length: number): Uint8Array<ArrayBuffer> {
  const random = randomFrom(seed)
  const words = Uint32Array.from({ length: Math.ceil(length / 4) }, () => random() * 2 ** 32)
  return new Uint8Array(words.buffer, 0, length)
}
