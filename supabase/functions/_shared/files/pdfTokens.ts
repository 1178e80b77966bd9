/** The dictionaries, texts and streams of a PDF (ISO 32000-1, 7.2 and 7.3), wherever its own index says that they are. */

const code = (character: string) => character.charCodeAt(0)
const DELIMITERS = new Set([...'\0\t\n\f\r ()<>[]{}/%'].map(code))
const LONGEST_NAME = 40
const [SLASH, PERCENT, BACKSLASH, OPEN, CLOSE, LESS, GREATER] = [...'/%\\()<>'].map(code) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

/** The name after the slash at `at`, with `#4a` as the letter it stands for. */
export function nameAt(bytes: Uint8Array, at: number): string {
  let name = ''
  for (let place = at + 1; place < bytes.length && name.length < LONGEST_NAME; place++) {
    const byte = bytes[place]!
    if (DELIMITERS.has(byte)) break
    const hex =
      byte === 0x23 ? Number.parseInt(String.fromCharCode(bytes[place + 1]!, bytes[place + 2]!), 16) : NaN
    name += String.fromCharCode(Number.isNaN(hex) ? byte : hex)
    if (!Number.isNaN(hex)) place += 2
  }
  return name
}

/** A text in parentheses or in hexadecimal, without its delimiters. `key`: the name before it. */
export interface PdfText {
  key: string
  isHex: boolean
  from: number
  end: number
}

export interface Dictionary {
  /** Those of the names in it that the reader asked for; those of dictionaries inside apart. */
  names: string[]
  texts: PdfText[]
}

interface Stream {
  dictionary: Dictionary
  from: number
  end: number
}

interface Tokens {
  dictionaries: Dictionary[]
  streams: Stream[]
}

/** Where the text that begins at `at` ends, after its last delimiter. */
function endOfText(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LESS) {
    const end = bytes.indexOf(GREATER, at)
    return end < 0 ? bytes.length : end + 1
  }
  let depth = 0
  for (let place = at; place < bytes.length; place++) {
    const byte = bytes[place]
    if (byte === BACKSLASH) place++
    else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return place + 1
  }
  return bytes.length
}

const STREAM = [...'stream'].map(code)
const ENDSTREAM = [...'endstream'].map(code)
const isAt = (bytes: Uint8Array, at: number, word: readonly number[]) =>
  word.every((byte, place) => bytes[at + place] === byte)

function indexOfWord(bytes: Uint8Array, word: readonly number[], from: number): number {
  for (let at = bytes.indexOf(word[0]!, from); at >= 0; at = bytes.indexOf(word[0]!, at + 1))
    if (isAt(bytes, at, word)) return at
  return bytes.length
}

const [LINE_FEED, RETURN] = [10, 13]

/** The content of the stream whose word stands at `at`, without the line ends around it. */
function streamAt(bytes: Uint8Array, at: number, dictionary: Dictionary): Stream {
  let from = at + STREAM.length
  if (bytes[from] === RETURN) from++
  if (bytes[from] === LINE_FEED) from++
  let end = indexOfWord(bytes, ENDSTREAM, from)
  if (bytes[end - 1] === LINE_FEED) end--
  if (bytes[end - 1] === RETURN) end--
  return { dictionary, from, end: Math.max(from, end) }
}

/** Honest documents have far fewer and are far less deep; reading them takes part of a second. */
const MAX_PARTS = 200_000
const MAX_DEPTH = 100

/**
 * Reads from begin to end, and keeps the names that `isAsked` asks for. Null for what is too large or too deep to be read. What is
 * no PDF gives nothing, or what looks like its parts.
 */
export function tokensOf(bytes: Uint8Array, isAsked: (name: string) => boolean): Tokens | null {
  const tokens: Tokens = { dictionaries: [], streams: [] }
  const open: Dictionary[] = []
  let [key, closed, parts]: [string, Dictionary | null, number] = ['', null, 0]
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]
    const isDouble = bytes[at + 1] === byte
    if (byte === PERCENT) {
      while (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++
    } else if (byte === LESS && isDouble) {
      if (open.push({ names: [], texts: [] }) > MAX_DEPTH || ++parts > MAX_PARTS) return null
      at += 2
    } else if (byte === GREATER && isDouble) {
      closed = open.pop() ?? null
      if (closed && (closed.names.length > 0 || closed.texts.length > 0)) tokens.dictionaries.push(closed)
      at += 2
    } else if (byte === OPEN || byte === LESS) {
      const end = endOfText(bytes, at)
      open.at(-1)?.texts.push({ key, isHex: byte === LESS, from: at + 1, end: end - 1 })
      if (++parts > MAX_PARTS) return null
      at = end
    } else if (byte === SLASH) {
      key = nameAt(bytes, at)
      if (isAsked(key)) open.at(-1)?.names.push(key)
      at++
    } else if (byte === STREAM[0] && closed && isAt(bytes, at, STREAM)) {
      tokens.streams.push(streamAt(bytes, at, closed))
      closed = null
      at = tokens.streams.at(-1)!.end + 1 // its last word holds nothing that is looked for
    } else at++
  }
  return tokens
}
