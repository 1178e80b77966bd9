/** What files say of their makers, on the bytes: the server holds it, and what the desk sends lacks it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { cleanPdf } from '../../../supabase/functions/_shared/files/pdfMetadata'
import { checkFile } from '../../../supabase/functions/_shared/files/kinds'
import { plainImage } from '../../../supabase/functions/_shared/files/image'
import { cleanAudio } from './cleanAudio'
import { prepareFile } from './prepare'
import * as make from './testing/files'

const PLACE = '+19.2826-099.6557/'
const CLIPS = join(import.meta.dirname, '../../../tests/media/clips')
const clip = (name: string) => new Uint8Array(readFileSync(join(CLIPS, name)))
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const verdict = async (kind: string, bytes: Uint8Array) => (await checkFile(kind, bytes)).refusal

describe('a recording with a place, a name and a picture', () => {
  test.each([
    ['voice.opus', 'audio/ogg', 'OpusHead'],
    ['voice.ogg', 'audio/ogg', '\x01vorbis'],
    ['voice.m4a', 'audio/mp4', 'mp4a'],
    ['voice.mp3', 'audio/mpeg', ''],
  ])('%s is held, and the desk sends its sound alone', async (name, mime, kept) => {
    const chosen = clip(name)
    expect(latin(chosen), 'the test has something to find').toContain('19.2826')
    expect(await verdict('audio', chosen)).toBe('audio_broken')
    const { bytes, mime: sent } = await prepareFile(new Blob([chosen]))
    expect(sent).toBe(mime)
    expect(latin(bytes)).not.toMatch(/19\.2826|Ana|SM-G991B|Lavf|METADATA_BLOCK|GEO_/u)
    expect(latin(bytes)).toContain(kept)
    expect(await verdict('audio', bytes)).toBeNull()
    expect(await cleanAudio(bytes, mime), 'a clean one keeps its bytes').toEqual(bytes)
  })

  const box = (name: string, text: string) =>
    make.join(make.uint32(text.length + 8), make.bytes(name), make.bytes(text))
  test.each([
    ['words in `free`', box('free', PLACE)],
    ['words in `skip`', box('skip', PLACE)],
    ['a `uuid`', box('uuid', `0123456789abcdef${PLACE}`)],
    ['an unknown box', box('GPS ', PLACE)],
    ['a second `mdat`', box('mdat', PLACE)],
  ])('%s of an M4A is held, and the desk takes it out', async (_, added) => {
    const clean = await cleanAudio(clip('voice.m4a'), 'audio/mp4')
    const told = make.join(clean, added)
    expect(await verdict('audio', told)).toBe('audio_broken')
    const again = await cleanAudio(told, 'audio/mp4')
    expect(latin(again)).not.toContain(PLACE)
    expect(await verdict('audio', again)).toBeNull()
  })

  test.each([
    ['words among its comments', () => make.ogg({ comments: '\0\0\0\0\x01\0\0\0\x05\0\0\0a=Ana' })],
    ['words behind its comments', () => make.ogg({ comments: '\0\0\0\0\0\0\0\0Ana' })],
    ['the name of another program', () => make.ogg({ comments: '\x03\0\0\0Ana\0\0\0\0' })],
    ['a page whose check sum is wrong', (it: Uint8Array) => it.fill(1, it.length - 4)],
    ['a second stream', (it: Uint8Array) => make.join(it, it)],
    ['bytes behind its end', (it: Uint8Array) => make.join(it, make.bytes(PLACE))],
  ])('Ogg with %s is refused', async (_, spoil) => {
    const clean = await cleanAudio(clip('voice.opus'), 'audio/ogg')
    expect(await verdict('audio', clean)).toBeNull()
    expect(await verdict('audio', spoil(Uint8Array.from(clean)))).toBe('audio_broken')
  })
})

describe('a picture', () => {
  const profile = `ICC_PROFILE\0\x01\x01mmod ${PLACE}`
  test.each([
    ['a JPEG with a colour profile', make.jpeg({ extra: make.segment(0xe2, profile) })],
    ['a JPEG with a segment that nobody knows', make.jpeg({ extra: make.segment(0xe5, PLACE) })],
    ['a JPEG with a reserved segment', make.jpeg({ extra: make.segment(0xf0, PLACE) })],
    ['a PNG with a colour profile', make.png({ extra: make.chunk('iCCP', make.bytes(profile)) })],
    ['a PNG with a part that nobody knows', make.png({ extra: make.chunk('quAL', make.bytes(PLACE)) })],
    ['a PNG with words in a short part', make.png({ extra: make.chunk('gAMA', make.bytes(PLACE)) })],
    ['a WebP with a colour profile', make.webp({ extra: make.riff('ICCP', make.bytes(profile)) })],
    ['a WebP with a part that nobody knows', make.webp({ extra: make.riff('GPS ', make.bytes(PLACE)) })],
  ])('%s is held, and what a browser adds is cut off', async (_, picture) => {
    const { mime, refusal } = await checkFile('image', picture)
    expect(refusal).toBe('image_metadata')
    const plain = plainImage(picture, mime!)
    expect(latin(plain)).not.toContain(PLACE)
    expect(await verdict('image', plain)).toBeNull()
  })
})

describe('a PDF', () => {
  const INFO = `<< /Title (Informe) /Author (Ana \\(Luna\\)) /Creator <416e61> /Company (Casa ${PLACE}) /CreationDate (D:2026) >>`
  const xmp = (more = '') => `<x:xmpmeta><photoshop:City>${PLACE}</photoshop:City>${more}</x:xmpmeta>`
  const withStream = (dictionary: string, stream: Uint8Array) =>
    make.join(
      make.pdf().slice(0, 9),
      make.bytes(`4 0 obj\n<< ${dictionary} /Length ${stream.length} >>\nstream\n`),
      stream,
      make.bytes('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n'),
    )
  const packed = (text: string) => new Uint8Array(deflateSync(text))
  const SAYS = /Ana|416e61|Casa|19\.28|D:2026/u
  /** What a reader finds in it, packed or not. */
  function allOf(pdf: Uint8Array): string {
    const from = latin(pdf).indexOf('stream\n') + 7
    const isPacked = pdf[from] === 0x78
    return latin(pdf) + (isPacked ? latin(inflateSync(pdf.subarray(from))) : '')
  }

  test.each([
    ['its makers', make.pdf({ objects: INFO })],
    ['XMP', withStream('/Type /Metadata /Subtype /XML', make.bytes(xmp()))],
    ['packed XMP', withStream('/Subtype /XML /Filter /FlateDecode', packed(xmp()))],
    [
      'its makers among packed objects',
      withStream('/Type /ObjStm /Filter /FlateDecode', packed(`5 0 ${INFO}`)),
    ],
    [
      'a photograph with a place',
      withStream('/Filter /DCTDecode', make.jpeg({ extra: make.segment(0xe1, `Exif\0\0${PLACE}`) })),
    ],
  ])('with %s is held, and the desk blanks it where it stands', async (_, pdf) => {
    expect(await verdict('pdf', pdf)).toBe('pdf_metadata')
    const { bytes } = await prepareFile(new Blob([pdf]))
    expect(bytes.length).toBe(pdf.length) // no offset moves
    expect(await verdict('pdf', bytes)).toBeNull()
    expect(allOf(bytes)).not.toMatch(SAYS)
    expect(cleanPdf(bytes), 'a clean one keeps its bytes').toEqual(bytes)
  })

  test('keeps its title, and what says how accessible it is', () => {
    expect(latin(cleanPdf(make.pdf({ objects: INFO })))).toContain('/Title (Informe)')
    const told = withStream(
      '/Subtype /XML',
      make.bytes(xmp(`<pdfuaid:part>1</pdfuaid:part>${' '.repeat(600)}`)),
    )
    const clean = latin(cleanPdf(told))
    expect(clean).toContain('pdfuaid:part="1"')
    expect(clean).not.toContain(PLACE)
  })

  test.each([
    ['is too deep', '<<'.repeat(101)],
    ['has too many parts', '<<(b)>>'.repeat(100_001)],
  ])('that %s is refused before it takes minutes', async (_, objects) => {
    const pdf = make.pdf({ objects })
    expect(cleanPdf(pdf)).toBe(pdf)
    expect(await verdict('pdf', pdf)).toBe('pdf_metadata')
  })

  test('that is signed stays as it is, apart from photographs, which are held', async () => {
    const signature = `<< /Type /Sig /ByteRange [0 1 2 3] >>\nendobj\n5 0 obj\n${INFO}`
    const signed = make.pdf({ objects: signature })
    expect(cleanPdf(signed)).toEqual(signed)
    expect(await verdict('pdf', signed)).toBeNull()
    const photo = make.jpeg({ extra: make.segment(0xe1, `Exif\0\0${PLACE}`) })
    expect(await verdict('pdf', make.pdf({ objects: signature, stream: photo }))).toBe('pdf_metadata')
  })
})
