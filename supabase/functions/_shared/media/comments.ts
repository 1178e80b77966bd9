/**
 * The comments of Vorbis and Opus (Vorbis I, 5; RFC 7845, 5.2): the name of a program, and then whatever somebody writes
 * there: places, names, pictures.
 */

/** The library of our phones and desks: the same for everybody. */
const NEUTRAL = /^(Mediabunny v[\d.]+)?$/

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Whether comments, without the mark that begins them, say nothing. Vorbis may end them with a bit that is set. */
export function isBareComment(comments: Uint8Array): boolean {
  const view = viewOf(comments)
  const length = comments.length < 8 ? Infinity : view.getUint32(0, true)
  if (length + 8 > comments.length) return false
  const program = String.fromCharCode(...comments.subarray(4, 4 + Math.min(length, 100)))
  const rest = [...comments.subarray(length + 8, length + 10)].join()
  return NEUTRAL.test(program) && view.getUint32(4 + length, true) === 0 && (rest === '' || rest === '1')
}

const MARK_BYTES = 7
const BARE = [3, 0x76, 0x6f, 0x72, 0x62, 0x69, 0x73, 0, 0, 0, 0, 0, 0, 0, 0, 1]

/** The three headers of Vorbis, which WebM keeps together behind the lengths of the first two; null when they are none. */
function headersOf(joined: Uint8Array): [first: Uint8Array, comments: Uint8Array, setup: Uint8Array] | null {
  if (joined[0] !== 2) return null
  let at = 1
  const lengths = [0, 0].map(() => {
    let length = 0
    for (let part = 255; part === 255; length += part) part = joined[at++] ?? 0
    return length
  })
  const [one, two] = [at + lengths[0]!, at + lengths[0]! + lengths[1]!]
  return two < joined.length
    ? [joined.subarray(at, one), joined.subarray(one, two), joined.subarray(two)]
    : null
}

/** Whether the headers of Vorbis say nothing besides how to decode. */
export function areBareHeaders(joined: Uint8Array): boolean {
  const comments = headersOf(joined)?.[1]
  return comments !== undefined && isBareComment(comments.subarray(MARK_BYTES))
}

const lacing = (length: number) => [
  ...Array.from({ length: Math.floor(length / 255) }, () => 255),
  length % 255,
]

/** The same headers without comments. What is none comes back as it is. */
export function bareHeaders(joined: Uint8Array): Uint8Array<ArrayBuffer> {
  const headers = headersOf(joined)
  if (!headers) return new Uint8Array(joined)
  const [first, , setup] = headers
  return Uint8Array.from([2, ...lacing(first.length), BARE.length, ...first, ...BARE, ...setup])
}
