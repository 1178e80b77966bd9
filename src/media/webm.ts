/** Reads tracks, size and duration from the head of a WebM file (EBML, RFC 8794; Matroska, RFC 9559). */
import { number, unsigned } from '../../supabase/functions/_shared/media/ebml'
import { UNKNOWN, type Contents } from './contents'

const ID = {
  doctype: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  track: 0xae,
  type: 0x83,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
}
const PICTURE = 1
const SOUND = 2

interface Element {
  id: number
  start: number // of the content
  end: number
}

/** The elements between two offsets. The last one may end after the bytes that were read. */
function* elements(view: DataView, from: number, to: number): Generator<Element> {
  for (let at = from; at < to;) {
    const [id, idLength] = number(view, at, true)
    const [size, sizeLength] = number(view, at + idLength, false)
    const start = at + idLength + sizeLength
    const end = Math.min(to, start + size) // a recorder writes an unknown size
    yield { id, start, end }
    at = end
  }
}

function find(view: DataView, parent: Element | undefined, id: number): Element | undefined {
  if (!parent) return undefined
  for (const element of elements(view, parent.start, parent.end)) if (element.id === id) return element
  return undefined
}

const valueOf = (view: DataView, element: Element | undefined): number | null =>
  element ? unsigned(view, element.start, element.end) : null

function durationOf(view: DataView, info: Element | undefined): number | null {
  const duration = find(view, info, ID.duration)
  if (!duration) return null
  const isDouble = duration.end - duration.start === 8
  const units = isDouble ? view.getFloat64(duration.start) : view.getFloat32(duration.start)
  const nanoseconds = valueOf(view, find(view, info, ID.scale)) ?? 1_000_000
  return units > 0 ? Math.round((units * nanoseconds) / 1_000_000) : null
}

function beforeFirstCluster(view: DataView, segment: Element): Element[] {
  const head: Element[] = []
  for (const part of elements(view, segment.start, segment.end)) {
    if (part.id === ID.cluster) break
    head.push(part)
  }
  return head
}

function contentsOf(view: DataView, segment: Element): Contents {
  const head = beforeFirstCluster(view, segment)
  const tracks = head.find((part) => part.id === ID.tracks)
  const durationMs = durationOf(
    view,
    head.find((part) => part.id === ID.info),
  )
  if (!tracks) return { ...UNKNOWN, durationMs }
  const entries = [...elements(view, tracks.start, tracks.end)].filter((entry) => entry.id === ID.track)
  const typeOf = (entry: Element) => valueOf(view, find(view, entry, ID.type))
  const picture = entries.find((entry) => typeOf(entry) === PICTURE)
  const video = find(view, picture, ID.video)
  return {
    durationMs,
    width: valueOf(view, find(view, video, ID.width)),
    height: valueOf(view, find(view, video, ID.height)),
    hasPicture: picture !== undefined,
    hasSound: entries.some((entry) => typeOf(entry) === SOUND),
  }
}

/** The contents according to the head; null when the file is Matroska but not WebM. */
export function readWebm(head: DataView): Contents | null {
  try {
    const [first, segment] = elements(head, 0, head.byteLength)
    const doctype = find(head, first, ID.doctype)
    const bytes = doctype && new Uint8Array(head.buffer, doctype.start, doctype.end - doctype.start)
    if (!bytes || new TextDecoder().decode(bytes).replaceAll('\0', '') !== 'webm') return null
    return segment?.id === ID.segment ? contentsOf(head, segment) : UNKNOWN
  } catch (error) {
    if (error instanceof RangeError) return UNKNOWN
    throw error
  }
}
