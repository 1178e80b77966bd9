/** The files that travel with a campaign: out of one project and into another. */
import { expect, test, vi } from 'vitest'
import { join, mp3, id3, noise, pdf } from '@/staff/files/testing/files'
import type { PortableAsset, PortableFile, SignedCampaign } from '@/domain/portableCampaign'
import { makeHasher } from '@/media/hash'
import { fromBase64, toBase64 } from './assets'
import { withFiles } from './exportFiles'
import { readFiles } from './importFiles'

vi.mock('@/data/staff/useOpenedFile', () => ({
  openFile: (_bucket: string, id: string) => Promise.resolve({ url: id, seconds: 300 }),
}))

const hexOf = (bytes: Uint8Array) => {
  const hash = makeHasher()
  hash.update(bytes)
  return hash.hex()
}
const assetOf = (id: string, bytes: Uint8Array, change: Partial<PortableAsset> = {}): PortableAsset => ({
  id,
  kind: 'pdf',
  mime: 'application/pdf',
  bytes: bytes.length,
  sha256: hexOf(bytes),
  ...change,
})
const itemOf = (file: string, change: object = {}) => ({
  title: `Documento ${file}`,
  kind: 'pdf',
  file,
  ...change,
})
const campaign = (items: object[], assets: PortableAsset[]): SignedCampaign => ({
  document: 'campaign',
  schema: 1,
  kind: 'propuestas',
  sections: { insumos: { items } },
  classes: [],
  assets,
  institution: { name: '' },
  exported_at: '',
  key_id: '',
  public_key: '',
  signature: '',
})
const serve = (stored: Record<string, Uint8Array<ArrayBuffer>>) =>
  vi.stubGlobal('fetch', (id: string) =>
    Promise.resolve(stored[id] ? new Response(stored[id]) : new Response(null, { status: 404 })),
  )

test('bytes come back from base64 whole', () => {
  for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 60_000])
    expect(fromBase64(toBase64(noise(length)))).toEqual(noise(length))
  expect(fromBase64('¡no!')).toBeNull()
})

test('the bytes of each file stand beside the document under their hash, and insumos without theirs are named', async () => {
  const [one, other] = [pdf(), pdf({ objects: '(otro)' })]
  serve({ a: one, b: one, d: one })
  const huge = assetOf('e', one, { sha256: 'e'.repeat(64), bytes: 45_000_000 })
  const assets = [
    assetOf('a', one),
    assetOf('c', other),
    assetOf('d', other, { sha256: 'd'.repeat(64) }),
    huge,
  ]
  const signed = campaign(
    ['a', 'a', 'b', 'c', 'd', 'e'].map((file) => itemOf(file)),
    assets,
  )
  const { file, left } = await withFiles(signed)
  expect(file).toEqual({ ...signed, files: { [hexOf(one)]: toBase64(one) } })
  expect(left).toEqual(['Documento b', 'Documento c', 'Documento d', 'Documento e'])
})

test('without signal nothing is exported', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(withFiles(campaign([itemOf('a')], [assetOf('a', pdf())]))).rejects.toMatchObject({
    code: 'offline',
  })
})

test('a campaign without files stays exactly what was signed', async () => {
  const signed = campaign([{ title: 'Página' }], [])
  expect(await withFiles(signed)).toEqual({ file: signed, left: [] })
})

const carrying = (items: object[], assets: PortableAsset[], stored: Uint8Array[]): PortableFile => ({
  ...campaign(items, assets),
  files: Object.fromEntries(stored.map((bytes) => [hexOf(bytes), toBase64(bytes)])),
})

test('a file enters once under a new id, cleaned as one that somebody chooses', async () => {
  const tagged = join(id3('TIT2Casa de Ana'), mp3())
  const asset = assetOf('a', tagged, { kind: 'audio', mime: 'audio/mpeg' })
  const items = [itemOf('a', { kind: 'audio' }), itemOf('a', { kind: 'audio', title: 'Otro' })]
  const { files, refused } = await readFiles(carrying(items, [asset], [tagged]))
  expect(refused).toEqual([])
  expect(files).toEqual([
    {
      title: 'Documento a',
      from: 'a',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      prepared: { kind: 'audio', mime: 'audio/mpeg', bytes: mp3(), sha256: hexOf(mp3()) },
    },
  ])
})

const script = pdf({ objects: '<< /S /JavaScript /JS (app.alert(1)) >>' })
test.each<[string, PortableFile, string]>([
  ['that the file does not list', carrying([itemOf('a')], [], [pdf()]), 'No viene'],
  ['whose bytes are missing', carrying([itemOf('a')], [assetOf('a', pdf())], []), 'No viene'],
  [
    'whose bytes are others',
    { ...campaign([itemOf('a')], [assetOf('a', pdf())]), files: { [hexOf(pdf())]: toBase64(script) } },
    'no son los que se firmaron',
  ],
  [
    'that is no base64',
    { ...campaign([itemOf('a')], [assetOf('a', pdf())]), files: { [hexOf(pdf())]: '¡no!' } },
    'no son los que se firmaron',
  ],
  ['with a program inside', carrying([itemOf('a')], [assetOf('a', script)], [script]), 'trae programas'],
  [
    'of another kind than its item says',
    carrying([itemOf('a', { kind: 'audio' })], [assetOf('a', pdf())], [pdf()]),
    'no es un archivo de los que se aceptan',
  ],
  [
    'of an older file, which carries none',
    { ...carrying([itemOf('a')], [], []), assets: undefined as never },
    'No viene',
  ],
])('a file %s stays out with the reason', async (_, file, why) => {
  const { files, refused } = await readFiles(file)
  expect(files).toEqual([])
  expect(refused).toEqual([{ title: 'Documento a', from: 'a', why: expect.stringContaining(why) }])
})

test('a section that is no list of items brings no files', async () => {
  for (const insumos of [{}, { items: 'x' }, { items: [null, 3, { file: 4 }] }])
    expect(await readFiles({ ...campaign([], []), sections: { insumos } })).toEqual({
      files: [],
      refused: [],
    })
})
