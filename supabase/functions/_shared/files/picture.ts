/** What the readers of pictures share. */

export type Size = [width: number, height: number]
/** The size, or why the file is refused. */
export type Found = Size | 'image_broken' | 'image_metadata'

const MAX_SIDE = 4096
const MAX_PIXELS = 12_000_000

export const isTooLarge = ([width, height]: Size): boolean =>
  width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export const word = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + 4))

export function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0)
  return whole
}
