/** Reads the numbers of EBML (RFC 8794), the form of WebM. Shared with the phone. */

/** A variable-length number and its length in bytes. `keepsMarker` keeps the marker bit in the value. */
export function number(view: DataView, at: number, keepsMarker: boolean): [value: number, length: number] {
  const first = view.getUint8(at)
  const length = Math.clz32(first) - 23
  let value = keepsMarker ? first : first & (0xff >> length)
  let isUnknown = (first & (0xff >> length)) === 0xff >> length
  for (let i = 1; i < length; i += 1) {
    const byte = view.getUint8(at + i)
    value = value * 256 + byte
    isUnknown &&= byte === 0xff
  }
  return [!keepsMarker && isUnknown ? Infinity : value, length]
}

/** The unsigned number in the bytes between two offsets. */
export function unsigned(view: DataView, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at += 1) value = value * 256 + view.getUint8(at)
  return value
}
