/** Files that must not be published, and honest ones beside them. The server runs the same checks on the stored bytes. */
import { deflateSync } from 'node:zlib'
import { zlibSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { numberIn, parseCsv, writeCsv } from '../../../supabase/functions/_shared/files/csv'
import { checkFile } from '../../../supabase/functions/_shared/files/kinds'
import { cleanAudio } from './cleanAudio'
import * as make from './testing/files'

const verdict = async (kind: string, bytes: Uint8Array) => (await checkFile(kind, bytes)).refusal

describe('PDF', () => {
  test('a plain PDF passes, also with compressed text, pictures and links', async () => {
    expect(await checkFile('pdf', make.pdf())).toEqual({ mime: 'application/pdf', refusal: null, facts: {} })
    expect(
      await verdict('pdf', make.pdf({ stream: zlibSync(make.bytes('BT (Hola /JavaScriptcito) Tj ET')) })),
    ).toBeNull()
    expect(await verdict('pdf', make.pdf({ objects: '<< /S /URI /URI (https://example.org) >>' }))).toBeNull()
    expect(await verdict('pdf', make.pdf({ stream: make.noise(200_000) }))).toBeNull()
  })

  test.each([
    ['a script that runs at opening', '<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>'],
    ['a script with a disguised name', '<< /S /J#61vaScript /JS (app.alert(1)) >>'],
    ['a program to launch', '<< /S /Launch /F (cmd.exe) >>'],
    ['an embedded file', '<< /Names << /EmbeddedFiles 5 0 R >> >>'],
    ['a file attached to a note', '<< /Subtype/FileAttachment >>'],
    ['a form that sends what people write', '<< /S /SubmitForm /F (https://example.org) >>'],
    ['an XFA form', '<< /AcroForm << /XFA 5 0 R >> >>'],
    ['a film with a player of its own', '<</Subtype/RichMedia>>'],
  ])('%s is refused', async (_, objects) =>
    expect(await verdict('pdf', make.pdf({ objects }))).toBe('pdf_active'),
  )

  test('a script inside compressed objects is refused, wherever they begin', async () => {
    const objects = '5 0 6 40 << /S /JavaScript /JS (app.alert(1)) >>'
    expect(await verdict('pdf', make.pdf({ stream: zlibSync(make.bytes(objects)) }))).toBe('pdf_active')
    const after = `%${'x'.repeat(5000)}\n  ${objects}`
    expect(await verdict('pdf', make.pdf({ stream: zlibSync(make.bytes(after)) }))).toBe('pdf_active')
  })

  test('objects hidden behind a predictor or another encoding are refused', async () => {
    const predicted = zlibSync(make.bytes('\x025 0 6 40 << /S /Jav'))
    expect(await verdict('pdf', make.pdf({ stream: predicted }))).toBe('pdf_unreadable')
    expect(await verdict('pdf', make.pdf({ objects: '<< /Filter [/ASCIIHexDecode /FlateDecode] >>' }))).toBe(
      'pdf_unreadable',
    )
  })

  test('a PDF that claims gigabytes is refused without unpacking them', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(70_000_000).fill(0x31)))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await verdict('pdf', make.pdf({ stream: bomb }))).toBe('pdf_unreadable')
  })

  test('an encrypted PDF is refused, because nobody can look inside', async () =>
    expect(await verdict('pdf', make.pdf({ objects: '<< /Encrypt 9 0 R >>' }))).toBe('pdf_encrypted'))

  test('a PDF that is also a page or an archive is refused', async () => {
    expect(await verdict('pdf', make.bytes('%PDF-1.7\n<script>alert(1)</script>\n%%EOF\n'))).toBe(
      'pdf_unreadable',
    )
    const archive = make.join(make.pdf(), make.bytes('PK\x05\x06'), new Uint8Array(18))
    expect(await verdict('pdf', archive)).toBe('pdf_unreadable')
    expect(await verdict('pdf', make.join(make.pdf(), make.bytes('PK\x05\x06 %%EOF')))).toBe('pdf_unreadable')
  })

  test('a page that is called a PDF is no accepted file', async () => {
    expect(await verdict('pdf', make.bytes('<!doctype html><script>alert(1)</script>'))).toBe('file_type')
    expect(await verdict('pdf', make.bytes('  %PDF-1.7 %%EOF'))).toBe('file_type')
    expect(await verdict('image', make.bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('file_type')
    expect(await verdict('image', make.bytes('GIF89a'))).toBe('file_type')
    expect(await verdict('pdf', new Uint8Array())).toBe('file_type')
  })
})

describe('pictures', () => {
  test.each([
    ['PNG', make.png(), { width: 3, height: 2 }],
    ['JPEG', make.jpeg(), { width: 640, height: 480 }],
    ['WebP', make.webp(), { width: 320, height: 200 }],
  ])('a plain %s passes with its size', async (_, picture, facts) =>
    expect(await checkFile('image', picture)).toMatchObject({ refusal: null, facts }),
  )

  test.each([
    ['a PNG with text', make.png({ extra: make.chunk('tEXt', make.bytes('Author\0Ana')) }), 'image_metadata'],
    [
      'a PNG with the place in Exif',
      make.png({ extra: make.chunk('eXIf', make.bytes('MM')) }),
      'image_metadata',
    ],
    ['a PNG of 60,000 pixels a side', make.png({ width: 60_000, height: 60_000 }), 'image_too_large'],
    [
      'a PNG whose pixels unpack to more than its size',
      make.png({ pixels: new Uint8Array(9_000_000) }),
      'image_broken',
    ],
    ['a PNG with fewer pixels than its size', make.png({ pixels: new Uint8Array(3) }), 'image_broken'],
    ['a PNG with something behind its end', make.join(make.png(), make.bytes('PK\x03\x04')), 'image_broken'],
    ['a moving PNG', make.png({ extra: make.chunk('acTL', new Uint8Array(8)) }), 'image_metadata'],
    ['a JPEG with the place in Exif', make.jpeg({ extra: make.segment(0xe1, 'Exif\0\0') }), 'image_metadata'],
    ['a JPEG with a comment', make.jpeg({ extra: make.segment(0xfe, '<script>') }), 'image_metadata'],
    ['a JPEG with a second picture', make.jpeg({ extra: make.segment(0xe2, 'MPF\0') }), 'image_metadata'],
    ['a JPEG with something behind its end', make.join(make.jpeg(), make.bytes('<script>')), 'image_broken'],
    ['a JPEG without its end', make.jpeg().slice(0, -2), 'image_broken'],
    ['a WebP with Exif', make.webp({ extra: make.riff('EXIF', make.bytes('MM')) }), 'image_metadata'],
    ['a moving WebP', make.webp({ extra: make.riff('ANIM', new Uint8Array(6)) }), 'image_broken'],
    ['a WebP with something behind its end', make.join(make.webp(), make.bytes('xx')), 'image_broken'],
  ])('%s is refused', async (_, picture, refusal) => expect(await verdict('image', picture)).toBe(refusal))
})

describe('sound', () => {
  test.each([
    ['MP3', 'audio/mpeg', make.mp3()],
    ['AAC', 'audio/aac', make.aac()],
    ['Ogg', 'audio/ogg', make.ogg()],
  ])('a plain %s passes', async (_, mime, sound) =>
    expect(await checkFile('audio', sound)).toEqual({ mime, refusal: null, facts: {} }),
  )

  test('tags around frames are cut off before the upload, and refused where they are not', async () => {
    const mp3 = make.join(make.id3('TIT2Casa de Ana'), make.mp3(), make.bytes('TAGCasa de Ana'))
    expect(await verdict('audio', mp3)).toBe('audio_broken')
    expect(await cleanAudio(mp3, 'audio/mpeg')).toEqual(make.mp3())
  })

  test.each([
    ['a film', make.m4a({ handlers: ['soun', 'vide'] })],
    ['sound with a page behind it', make.join(make.mp3(), make.bytes('<script>alert(1)</script>'))],
    ['an Ogg film', make.ogg({ head: '\x80theora' })],
    ['an MP4 whose boxes do not add up', make.m4a().slice(0, -3)],
  ])('%s is refused', async (_, sound) => expect(await verdict('audio', sound)).toBe('audio_broken'))
})

describe('figures', () => {
  const figures = (text: string) => verdict('figures', new TextEncoder().encode(text))

  test('a table passes, and says how large it is', async () =>
    expect(await checkFile('figures', make.bytes('a,b\n1,"2,5"\n-3,x; -y;-2\n'))).toEqual({
      mime: 'text/csv',
      refusal: null,
      facts: { rows: 2, columns: 2 },
    }))

  test.each([
    ['a formula', 'a,b\n1,=HYPERLINK("https://example.org")\n', 'figures_invalid'], // its quotes are not CSV either
    ['a formula in quotes', 'a,b\n1,"=1+1"\n', 'figures_formula'],
    ['a call to a program', 'a,b\n1,@SUM(A1)\n', 'figures_formula'],
    ['a command with a sign', 'a,b\n1,-2+3+cmd|x\n', 'figures_formula'],
    ['a formula that begins with a line break', 'a,b\n1,"=\n1+1"\n', 'figures_formula'],
    ['a formula behind the separator of another language', 'a,b\n1,x;=1+1\n', 'figures_formula'],
    ['rows of different width', 'a,b\n1\n', 'figures_invalid'],
    ['no rows', 'a,b\n', 'figures_invalid'],
    ['a column without a name', 'a,\n1,2\n', 'figures_invalid'],
    ['two columns of one name', 'a,a\n1,2\n', 'figures_invalid'],
    ['a control character', 'a,b\n1,\u0007\n', 'figures_invalid'],
    ['a page', '<html><script>alert(1)</script></html>', 'figures_invalid'],
    ['2,001 rows', `a\n${'1\n'.repeat(2001)}`, 'figures_invalid'],
  ])('%s is refused', async (_, text, refusal) => expect(await figures(text)).toBe(refusal))

  test('bytes that are no UTF-8 are refused', async () =>
    expect(await verdict('figures', new Uint8Array([0x61, 0x0a, 0xe1, 0x0a]))).toBe('figures_invalid'))

  test('what is written reads back the same, and numbers are known by their form', async () => {
    const rows = [
      ['Municipio', 'Nota'],
      ['Toluca', 'dijo «"sí", claro»\ny más'],
      ['', ''],
    ]
    expect(parseCsv(writeCsv(rows))).toEqual(rows)
    expect(parseCsv('a,b,')).toEqual([['a', 'b', '']])
    expect(parseCsv('a,"b')).toBeNull()
    expect(['1,234.5', '-3', '45 %', '$ 20', '1,23', 'x', ''].map(numberIn)).toEqual([
      1234.5,
      -3,
      45,
      20,
      null,
      null,
      null,
    ])
  })
})
