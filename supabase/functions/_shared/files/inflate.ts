/** Decompresses what a file holds, within a limit: a few bytes can claim gigabytes. */
import { Inflate } from 'fflate'

/** Bytes of input at a time; deflate makes at most about a thousand times as many. */
const STEP = 16_384

class Enough extends Error {}

/**
 * Feeds `take` with the decompressed bytes of the zlib stream at `start`, which may end before `end`. Stops without an
 * error when `take` answers false, at the end, and where the bytes are no zlib stream; answers whether any came.
 */
export function inflate(
  bytes: Uint8Array,
  start: number,
  end: number,
  take: (piece: Uint8Array) => boolean,
): boolean {
  const [method = 0, flags = 0] = bytes.subarray(start, start + 2)
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0) return false
  let came = false
  let last = 0
  const stream = new Inflate((piece) => {
    last = piece.length
    came ||= last > 0
    if (last > 0 && !take(piece)) throw new Enough()
  })
  try {
    // A stream that has ended gives nothing for what follows it; one that goes on may give nothing for one step.
    for (let at = start + 2, empty = 0; at < end && empty < 2; at += STEP) {
      stream.push(bytes.subarray(at, Math.min(end, at + STEP)))
      empty = last === 0 ? empty + 1 : 0
    }
  } catch {
    return came
  }
  return came
}
