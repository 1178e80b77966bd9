/** The file of a campaign: what is refused before anything of it reaches the server. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex } from '@noble/curves/utils.js'
import canonicalize from 'canonicalize'
import { expect, test } from 'vitest'
import { readPortable } from './portableFile'

const SEED = new Uint8Array(32).fill(7)
const KINDS = ['propuestas']

const signed = (change: object = {}) => {
  const content = {
    document: 'campaign',
    schema: 1,
    kind: 'propuestas',
    sections: { textos: { title: 'Participación 🗳️' } },
    classes: [],
    institution: { name: 'Instituto de ejemplo' },
    exported_at: '2026-11-28T12:00:00Z',
    key_id: '2026-11-28',
    public_key: bytesToHex(ed25519.getPublicKey(SEED)),
    ...change,
  }
  const bytes = new TextEncoder().encode(canonicalize(content))
  return { ...content, signature: bytesToHex(ed25519.sign(bytes, SEED)) }
}
const read = (content: unknown) =>
  readPortable(new Blob([typeof content === 'string' ? content : JSON.stringify(content)]), KINDS)

test('a signed file is read whole, whatever the order of its keys', async () => {
  const file = signed()
  const reversed = Object.fromEntries(Object.entries(file).toReversed())
  expect(await read(reversed)).toEqual(file)
})

test('a file with the bytes of its assets is read whole; the signature covers their list', async () => {
  const asset = { id: 'a', kind: 'pdf', mime: 'application/pdf', bytes: 1, sha256: 'f'.repeat(64) }
  const file = { ...signed({ assets: [asset] }), files: { [asset.sha256]: 'AA==' } }
  expect(await read(file)).toEqual(file)
  const changed = { ...file, assets: [{ ...asset, bytes: 2 }] }
  await expect(read(changed)).rejects.toMatchObject({ code: 'portable_tampered' })
})

test('bytes of files count towards 60 MB, everything else towards 5 MB', async () => {
  const files = { x: 'A'.repeat(6 * 1024 * 1024) }
  expect(await read({ ...signed(), files })).toHaveProperty('files')
})

test.each<[string, unknown, string]>([
  ['of more than 60 MB', ' '.repeat(60_000_001), 'portable_too_large'],
  [
    'with more than 5 MB of text',
    signed({ sections: { textos: { title: 'a'.repeat(5 * 1024 * 1024) } } }),
    'portable_too_large',
  ],
  ['with assets that are no list', signed({ assets: {} }), 'portable_malformed'],
  [
    'with an asset without hash',
    signed({ assets: [{ id: 'a', kind: 'pdf', mime: '', bytes: 1 }] }),
    'portable_malformed',
  ],
  ['with bytes that are no text', { ...signed(), files: { x: 1 } }, 'portable_malformed'],
  ['that is no JSON', 'hola', 'portable_malformed'],
  ['of another program', { campaign: 'x' }, 'portable_malformed'],
  ['without sections', signed({ sections: undefined }), 'portable_malformed'],
  ['with a section that is a text', signed({ sections: { textos: 'x' } }), 'portable_malformed'],
  ['of a newer schema', signed({ schema: 2, sections: [] }), 'portable_newer'],
  ['of an unknown kind', signed({ kind: 'encuestas' }), 'portable_kind_unknown'],
  ['whose text was changed', { ...signed(), sections: { textos: { title: 'Otra' } } }, 'portable_tampered'],
  ['whose institution was changed', { ...signed(), institution: { name: 'Otra' } }, 'portable_tampered'],
  ['with a field that nobody signed', { ...signed(), extra: true }, 'portable_tampered'],
  ['with a signature of another length', { ...signed(), signature: 'ab' }, 'portable_tampered'],
])('a file %s is refused', async (_, content, code) => {
  await expect(read(content)).rejects.toMatchObject({ code })
})
