/** Reads tracks, size and duration of ISO base media files (MP4, QuickTime, 3GP; ISO/IEC 14496-12). */
import {
  children,
  fourCharacters,
  outerBoxes,
  type Box,
  type Read,
} from '../../supabase/functions/_shared/media/boxes'
import { UNKNOWN, type Contents, type VideoMime } from './contents'

const MP4 = /^(iso.|mp4[12]|mp71|avc1|hvc1|M4V.|MSNV|dash|cmf.|XAVC|F4V )$/u

/** More bytes than the `moov` box of a long phone recording. */
const MAX_MOOV_BYTES = 32 * 1024 * 1024

function mimeOf(brand: string): VideoMime | null {
  if (brand === 'qt  ') return 'video/quicktime'
  if (/^3g[p2]/u.test(brand)) return 'video/3gpp'
  return MP4.test(brand) ? 'video/mp4' : null
}

/** The type by the major brand of `ftyp`, or by a compatible brand when the major one is unknown. Null: none is. */
export function mimeOfBrands(head: DataView): VideoMime | null {
  if (fourCharacters(head, 4) !== 'ftyp') return null
  const end = Math.min(head.getUint32(0), head.byteLength)
  for (const at of [8, ...Array.from({ length: Math.max(0, (end - 16) >> 2) }, (_, i) => 16 + i * 4)]) {
    const mime = mimeOf(fourCharacters(head, at))
    if (mime) return mime
  }
  return null
}

/** The content of `moov`; null when it is too large to be a phone's. */
const readMoov = (read: Read, { start, end }: Box): Promise<DataView> | null =>
  end - start > MAX_MOOV_BYTES ? null : read(start, end)

const inside = (view: DataView, parent: Box | undefined, type: string): Box | undefined =>
  parent && children(view, parent.start, parent.end).find((box) => box.type === type)

/** The duration in `mvhd`; null when it is 0, as in the fragmented files of browsers' recorders. */
function durationOf(view: DataView, mvhd: Box | undefined): number | null {
  if (!mvhd) return null
  const isLong = view.getUint8(mvhd.start) === 1
  const scale = view.getUint32(mvhd.start + (isLong ? 20 : 12))
  const units = isLong ? Number(view.getBigUint64(mvhd.start + 24)) : view.getUint32(mvhd.start + 16)
  const isKnown = scale > 0 && units > 0 && units !== 0xffffffff
  return isKnown ? Math.round((units / scale) * 1000) : null
}

/** The displayed size, from `tkhd`. Phones store an upright video as a landscape picture with a quarter turn. */
function sizeOf(view: DataView, tkhd: Box | undefined): [number, number] | null {
  if (!tkhd) return null
  const matrix = tkhd.start + (view.getUint8(tkhd.start) === 1 ? 52 : 40)
  const [width, height] = [view.getUint32(matrix + 36) >>> 16, view.getUint32(matrix + 40) >>> 16]
  if (width === 0 || height === 0) return null
  const isTurned = view.getInt32(matrix) === 0 && view.getInt32(matrix + 4) !== 0
  return isTurned ? [height, width] : [width, height]
}

/** The contents of the file; `UNKNOWN` when its boxes are malformed. The browser may still play such a file. */
export async function readMp4(read: Read, size: number): Promise<Contents> {
  const index = (await outerBoxes(read, size)).find(({ type }) => type === 'moov')
  const moov = index && (await readMoov(read, index))
  if (!moov) return UNKNOWN
  try {
    const boxes = children(moov)
    const tracks = boxes.filter((box) => box.type === 'trak')
    const handlers = tracks.map((track) => {
      const hdlr = inside(moov, inside(moov, track, 'mdia'), 'hdlr')
      return hdlr ? fourCharacters(moov, hdlr.start + 8) : ''
    })
    const picture = tracks[handlers.indexOf('vide')]
    const shown = sizeOf(moov, inside(moov, picture, 'tkhd'))
    return {
      durationMs: durationOf(
        moov,
        boxes.find((box) => box.type === 'mvhd'),
      ),
      width: shown?.[0] ?? null,
      height: shown?.[1] ?? null,
      hasPicture: picture !== undefined,
      hasSound: handlers.includes('soun'),
    }
  } catch (error) {
    if (error instanceof RangeError) return UNKNOWN
    throw error
  }
}
