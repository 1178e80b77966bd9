/** Bytes that Node and a page make alike, so that a file needs no way into the browser. */
import { randomFrom } from '../support/random'

export function seededBytes(seed: number, length: number): Uint8Array<ArrayBuffer> {
  const random = randomFrom(seed)
  const words = Uint32Array.from({ length: Math.ceil(length / 4) }, () => random() * 2 ** 32)
  return new Uint8Array(words.buffer, 0, length)
}
