/** UUID version 7 (RFC 9562): ids sort by time, and those of one tab by creation. */

const COUNTER_MAX = 0xfff
let lastMs = 0
let counter = 0

/** Advances the instant and the counter. They never go back, even when the phone's clock does. */
function tick(now: number, random: number): void {
  if (now > lastMs) {
    lastMs = now
    counter = random & 0x7ff // room above for the same millisecond
    return
  }
  counter += 1
  if (counter <= COUNTER_MAX) return
  lastMs += 1
  counter = random & 0x7ff
}

/** A new op id. */
export function uuidV7(now = Date.now(), source: Pick<Crypto, 'getRandomValues'> = crypto): string {
  const bytes = source.getRandomValues(new Uint8Array(10))
  tick(now, (bytes[0]! << 8) | bytes[1]!)
  const time = lastMs.toString(16).padStart(12, '0')
  const variant = 0x80 | (bytes[2]! & 0x3f)
  const rest = [variant, ...bytes.subarray(3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const order = counter.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${rest.slice(0, 4)}-${rest.slice(4)}`
}
