/** Every way that is known to write a place into a video or its picture: the server holds it, and the phone's copy lacks it. */
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { wipe } from '@/sync/testing/phone'
import { checkFile } from '../../supabase/functions/_shared/files/kinds'
import { plainJpeg } from '../../supabase/functions/_shared/files/jpeg'
import { typeOf } from '../../supabase/functions/verify-media/contents'
import { readRange } from './bytes'
import { cleaned, judgeFile } from './clean'
import type { VideoMime } from './contents'
import { stageMedia } from './store'

beforeEach(wipe)

const PLACE = '+19.2826-099.6557/'
const CLIPS = join(import.meta.dirname, '../../tests/media/clips')
const clip = (name: string) => readFileSync(join(CLIPS, name))

const size = (length: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}
const latin = (text: string) => Buffer.from(text, 'latin1')
const box = (type: string, ...parts: (string | Buffer)[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin(part) : part)))
  return Buffer.concat([size(content.length + 8), latin(type), content])
}
const FULL = '\0\0\0\0'

/** The phone's own copy of a clip: it says nothing, and its index stands last, so that boxes can grow. */
async function plain(name: string, mime: VideoMime): Promise<Buffer> {
  const chosen = { file: new Blob([clip(name)]), mime }
  return Buffer.from(await (await cleaned(chosen, new AbortController().signal)).file.arrayBuffer())
}

/** Puts a box at the end of the last box of these types, each inside the one before. */
function inside(bytes: Buffer, path: string[], added: Buffer): Buffer {
  const ends: number[] = []
  let from = 0
  for (const type of path) {
    const at = bytes.lastIndexOf(latin(type)) - 4
    expect(at, `${type} is in the clip`).toBeGreaterThanOrEqual(from)
    ends.push(at)
    from = at
  }
  const last = ends.at(-1)!
  const end = last + bytes.readUInt32BE(last)
  const grown = Buffer.concat([bytes.subarray(0, end), added, bytes.subarray(end)])
  for (const at of ends) grown.writeUInt32BE(grown.readUInt32BE(at) + added.length, at)
  return grown
}
const after = (bytes: Buffer, added: Buffer) => Buffer.concat([bytes, added])

const ID3 = Buffer.concat([latin('ID3\x04\0\0\0\0\0\x40GEOB'), latin(`\0\0\0\x24\0\0\0geo\0\0\0${PLACE}`)])
const EMSG = box('emsg', FULL, 'https://aomedia.org/emsg/ID3\0\0', '\0'.repeat(16), ID3)
const KEYS = box(
  'meta',
  box('hdlr', FULL, FULL, 'mdta', '\0'.repeat(13)),
  box('keys', FULL, size(1), box('mdta', 'com.apple.quicktime.location.ISO6709')),
  box('ilst', box('\0\0\0\x01', box('data', size(1), FULL, PLACE))),
)
const LOCI = box('udta', box('loci', FULL, '\x15\xc7\0\0', '\x00\x13\x48\x58', PLACE, '\0earth\0\0'))
const XYZ = box('udta', box('\xa9xyz', '\0\x12\x15\xc7', PLACE))
const XMP = box(
  'uuid',
  '\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac',
  `<x:xmpmeta>${PLACE}`,
)
const SPHERE = box('uuid', '\xff\xcc\x82\x63\xf8\x55\x4a\x93\x88\x14\x58\x7a\x02\x52\x1f\xdd', PLACE)

const MP4S: [what: string, spoil: (bytes: Buffer) => Buffer][] = [
  ['`udta` `loci`', (it) => inside(it, ['moov'], LOCI)],
  ['`udta` `©xyz`', (it) => inside(it, ['moov'], XYZ)],
  ['`udta` `©xyz` of a track', (it) => inside(it, ['moov', 'trak'], XYZ)],
  ['`meta` `keys` of the film', (it) => inside(it, ['moov'], KEYS)],
  ['`meta` `keys` of a track', (it) => inside(it, ['moov', 'trak'], KEYS)],
  ['`meta` `keys` beside the film', (it) => after(it, KEYS)],
  ['`meta` deep in a table of samples', (it) => inside(it, ['moov', 'trak', 'mdia', 'minf', 'stbl'], KEYS)],
  ['timed ID3 in `emsg`', (it) => after(it, EMSG)],
  ['`ID32` with GEOB', (it) => after(it, box('meta', FULL, box('ID32', FULL, '\x15\xc7', ID3)))],
  ['bare ID3 at the end', (it) => after(it, ID3)],
  ['XMP in `uuid`', (it) => after(it, XMP)],
  ['XMP in `uuid` of the film', (it) => inside(it, ['moov'], XMP)],
  ['a `uuid` of a track', (it) => inside(it, ['moov', 'trak'], SPHERE)],
  ['words in `free`', (it) => after(it, box('free', PLACE))],
  ['words in `skip` of the film', (it) => inside(it, ['moov'], box('skip', PLACE))],
  ['a second `mdat`', (it) => after(it, box('mdat', PLACE))],
  ['an unknown box', (it) => after(it, box('GPS ', PLACE))],
  ['`pdin` of a download', (it) => after(it, box('pdin', FULL, PLACE))],
  ['`prft` of a live stream', (it) => after(it, box('prft', FULL, PLACE))],
]

const element = (id: string, ...parts: (string | Buffer)[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin(part) : part)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE((1n << 56n) | BigInt(content.length))
  return Buffer.concat([Buffer.from(id, 'hex'), length, content])
}
const TAG = element(
  '7373',
  element('63c0'),
  element('67c8', element('45a3', 'LOCATION'), element('4487', PLACE)),
)
const FILE = element(
  '61a7',
  element('466e', 'gps.txt'),
  element('4660', 'text/plain'),
  element('465c', PLACE),
)
const MARK = element('45b9', element('b6', element('80', element('85', PLACE))))

const WEBMS: typeof MP4S = [
  ['tags', (it) => after(it, element('1254c367', TAG))],
  ['an attachment', (it) => after(it, element('1941a469', FILE))],
  ['the title of a chapter', (it) => after(it, element('1043a770', MARK))],
  ['a void', (it) => after(it, element('ec', PLACE))],
  ['an unknown element', (it) => after(it, element('4fff', PLACE))],
  ['a checksum that is none', (it) => after(it, element('bf', PLACE))],
  ['bytes that are no element', (it) => after(it, latin(PLACE))],
]

const says = (bytes: Uint8Array) => Buffer.from(bytes).includes(PLACE)

/** The bytes that leave the phone; null when it refuses the file before. */
async function sent(file: Blob, mime: VideoMime): Promise<Uint8Array | null> {
  const clean = await cleaned({ file, mime }, new AbortController().signal).catch(() => null)
  if (!clean) return null
  const id = crypto.randomUUID()
  const { bytes } = await stageMedia({ id, submissionId: id, ...clean })
  return await readRange(id, 0, bytes)
}

async function expectNoPlace(bytes: Buffer, mime: VideoMime): Promise<void> {
  expect(says(bytes), 'the test has something to find').toBe(true)
  const file = new Blob([new Uint8Array(bytes)])
  expect((await judgeFile({ file, mime })).tells, 'the server holds it').not.toEqual([])
  const copy = await sent(file, mime)
  if (copy) expect(says(copy), 'the phone strips it').toBe(false)
}

test.each(MP4S)('a place in %s of MP4 reaches no public file', async (_, spoil) => {
  await expectNoPlace(spoil(await plain('xyz.mp4', 'video/mp4')), 'video/mp4')
})

test.each(WEBMS)('a place in %s of WebM reaches no public file', async (_, spoil) => {
  await expectNoPlace(spoil(await plain('tags.webm', 'video/webm')), 'video/webm')
})

test('a place among the headers of Vorbis in WebM reaches no public file', async () => {
  const said = latin('Lavf59.27.100')
  const recorded = clip('vorbis.webm')
  const headers = recorded.indexOf(Buffer.concat([latin('\x03vorbis\x0d\0\0\0'), said])) + 11
  for (let at = recorded.indexOf(said); at >= 0; at = recorded.indexOf(said, at))
    recorded.write(at === headers ? '+19.28-099.65' : 'Chrome'.padEnd(said.length, '\0'), at, 'latin1')
  const file = new Blob([recorded])
  expect((await judgeFile({ file, mime: 'video/webm' })).tells).toEqual(['tags'])
  const copy = await sent(file, 'video/webm')
  expect(copy && Buffer.from(copy).includes('+19.28')).toBe(false)
})

test('a place in fragments with timed ID3 reaches no public file', () =>
  expectNoPlace(after(clip('fragments.mp4'), EMSG), 'video/mp4'))

const segment = (marker: number, content: string) => {
  const bytes = Buffer.concat([Buffer.from([0xff, marker, 0, 0]), latin(content)])
  bytes.writeUInt16BE(bytes.length - 2, 2)
  return bytes
}

test.each([
  ['EXIF', segment(0xe1, `Exif\0\0${PLACE}`)],
  ['XMP', segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${PLACE}`)],
  ['extended XMP', segment(0xe1, `http://ns.adobe.com/xmp/extension/\0${PLACE}`)],
  ['IPTC', segment(0xed, `Photoshop 3.0\x008BIM${PLACE}`)],
  ['a comment', segment(0xfe, PLACE)],
  ['a second picture', segment(0xe2, `MPF\0${PLACE}`)],
  ['a segment that calls itself JFIF', segment(0xe0, PLACE)],
  ['a thumbnail of JFIF', segment(0xe0, `JFXX\0\x10${PLACE}`)],
  ['a segment of Adobe', segment(0xee, `Adobe${PLACE}`)],
])('a poster loses a place in %s', (_, told) => {
  const poster = clip('poster.jpg')
  const image = plainJpeg(Buffer.concat([poster.subarray(0, 2), told, poster.subarray(2)]))
  expect(image && says(image)).toBe(false)
})

test('a poster with bytes after its end is none', () => {
  expect(plainJpeg(Buffer.concat([clip('poster.jpg'), latin(PLACE)]))).toBeNull()
})

const chunk = (type: string, content: string) => {
  const crc = Buffer.alloc(4)
  return Buffer.concat([size(content.length), latin(type + content), crc])
}
const PNG = (part: Buffer) =>
  Buffer.concat([
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', '\0\0\0\x01\0\0\0\x01\x08\0\0\0\0'),
    part,
    chunk('IEND', ''),
  ])

test.each([
  ['EXIF', chunk('eXIf', PLACE)],
  ['XMP', chunk('iTXt', `XML:com.adobe.xmp\0${PLACE}`)],
  ['a text', chunk('tEXt', `Location\0${PLACE}`)],
  ['a compressed text', chunk('zTXt', PLACE)],
])('a PNG with a place in %s is no poster and no picture of an insumo', async (_, part) => {
  expect(plainJpeg(PNG(part))).toBeNull()
  expect((await checkFile('image', PNG(part))).refusal).toBe('image_metadata')
})

test.each(['EXIF', 'XMP '])(
  'a WebP with a place in %s is no poster and no picture of an insumo',
  async (name) => {
    const content = Buffer.concat([latin(name), Buffer.from([18, 0, 0, 0]), latin(PLACE)])
    const head = Buffer.concat([latin('RIFF'), Buffer.from([content.length + 4, 0, 0, 0]), latin('WEBP')])
    expect(plainJpeg(Buffer.concat([head, content]))).toBeNull()
    expect((await checkFile('image', Buffer.concat([head, content]))).refusal).toBe('image_metadata')
  },
)

test.each(['heic', 'mif1', 'avif'])('a picture of the type %s is accepted nowhere', async (brand) => {
  const picture = Buffer.concat([box('ftyp', brand, FULL, brand), XMP])
  expect(typeOf(picture)).toBe('application/octet-stream')
  expect(plainJpeg(picture)).toBeNull()
  expect((await checkFile('image', picture)).refusal).not.toBeNull()
})
