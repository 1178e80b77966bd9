/** Verifying a constancia: what is accepted, and that nothing else is. */
import { gzipSync } from 'node:zlib'
import { signAsync, getPublicKeyAsync } from '@noble/ed25519'
import { beforeAll, describe, expect, test } from 'vitest'
import { toBase64url } from '../../../supabase/functions/_shared/signed/base64url'
import {
  type Ended,
  readRevocations,
  writeRevocations,
} from '../../../supabase/functions/_shared/signed/revocations'
import type { PublicKey } from '@/campaign/signature'
import { codeIn, type SignedText, verifyConstancia } from './verify'
import { alterations, seededRandom } from './testing/alterations'

const SEEDS = { '2026-01-01': new Uint8Array(32).fill(1), '2026-06-01': new Uint8Array(32).fill(2) }
type KeyId = keyof typeof SEEDS
const FACTS = ['Ñandú Pérez', '2026-11-20 2026-11-21', '240', 'Jornadas', 'Instituto', '']

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string) => new TextEncoder().encode(text)
const linesOf = (keyId: string, number = 7) => [
  'convoca:constancia:1',
  keyId,
  '0123456789',
  String(number),
  '2026-11-22',
  ...FACTS,
]
async function signed(lines: string[], keyId: KeyId = '2026-06-01'): Promise<string> {
  const bytes = bytesOf(lines.join('\n'))
  return `${toBase64url(bytes)}.${toBase64url(await signAsync(bytes, SEEDS[keyId]))}`
}
async function listOf(ended: Ended[], keyId: KeyId = '2026-06-01'): Promise<SignedText> {
  const text = writeRevocations({ signed_at: '2026-11-28T06:00:00Z', issuer: 'Instituto', ended }, keyId)
  return { text, signature: hex(await signAsync(bytesOf(text), SEEDS[keyId])) }
}

let keys: PublicKey[]
beforeAll(async () => {
  keys = await Promise.all(
    Object.entries(SEEDS).map(async ([id, seed]) => ({ id, public_key: hex(await getPublicKeyAsync(seed)) })),
  )
})

describe('the verdict', () => {
  test('a signed constancia that no list names is valid, and says what it says', async () => {
    expect(await verifyConstancia(await signed(linesOf('2026-06-01')), keys, await listOf([]))).toEqual({
      outcome: 'valid',
      listedAt: '2026-11-28T06:00:00Z',
      constancia: {
        keyId: '2026-06-01',
        serial: '0123456789',
        number: 7,
        issuedOn: '2026-11-22',
        name: 'Ñandú Pérez',
        days: ['2026-11-20', '2026-11-21'],
        minutes: 240,
        work: '',
        links: [],
        event: 'Jornadas',
        issuer: 'Instituto',
        label: '',
      },
    })
  })

  const AWARD = [
    'reconocimiento',
    'Colectivo Río',
    'Un video',
    'https://a.mx/1 https://b.mx/2',
    'Videos',
    'Instituto',
    '',
  ]
  const awardOf = (lines: string[]) => [
    'convoca:constancia:2',
    ...linesOf('2026-06-01').slice(1, 5),
    ...lines,
  ]

  test('a recognition is valid, and says what it is for and where it was spread', async () => {
    expect(await verifyConstancia(await signed(awardOf(AWARD)), keys, await listOf([]))).toMatchObject({
      outcome: 'valid',
      constancia: {
        name: 'Colectivo Río',
        work: 'Un video',
        links: ['https://a.mx/1', 'https://b.mx/2'],
        event: 'Videos',
        days: [],
      },
    })
  })

  test.each<[string, string[]]>([
    ['of another kind', awardOf(['otra', ...AWARD.slice(1)])],
    ['without a line', awardOf(AWARD.slice(0, 6))],
    ['under the tag of an attendance', ['convoca:constancia:1', ...awardOf(AWARD).slice(1)]],
    ['with the lines of an attendance', awardOf(FACTS)],
  ])('a signed text %s is no constancia', async (_, lines) => {
    expect(await verifyConstancia(await signed(lines), keys, await listOf([]))).toEqual({
      outcome: 'damaged',
    })
  })

  test('a key that no longer signs still verifies what it signed', async () => {
    const code = await signed(linesOf('2026-01-01'), '2026-01-01')
    expect(await verifyConstancia(code, keys, await listOf([]))).toMatchObject({ outcome: 'valid' })
  })

  test.each([
    [false, 'revoked'],
    [true, 'superseded'],
  ] as const)(
    'one that ended (superseded: %s) is %s; its neighbours are valid',
    async (superseded, outcome) => {
      const list = await listOf([[7, superseded]])
      const verdict = await verifyConstancia(await signed(linesOf('2026-06-01')), keys, list)
      expect(verdict).toMatchObject({ outcome })
      for (const number of [6, 8]) {
        const other = await signed(linesOf('2026-06-01', number))
        expect(await verifyConstancia(other, keys, list)).toMatchObject({ outcome: 'valid' })
      }
    },
  )

  test('without a list, or with one that nobody known signed, the signature holds and revocation is unknown', async () => {
    const code = await signed(linesOf('2026-06-01'))
    const list = await listOf([])
    const forged = [
      null,
      { text: '', signature: '' },
      { ...list, signature: list.signature.replace(/^./u, (digit) => (digit === '0' ? '1' : '0')) },
      { ...list, text: list.text.replace('Instituto', 'Institutos') },
    ]
    for (const one of forged)
      expect(await verifyConstancia(code, keys, one)).toMatchObject({ outcome: 'unlisted' })
  })

  test('a key of another project is an unknown signer, and its id under another key is damaged', async () => {
    const code = await signed(linesOf('2026-06-01'))
    expect(await verifyConstancia(code, [keys[0]!], null)).toEqual({ outcome: 'unknown_signer' })
    const swapped = [{ id: '2026-06-01', public_key: keys[0]!.public_key }]
    expect(await verifyConstancia(code, swapped, null)).toEqual({ outcome: 'damaged' })
  })

  test('a text that the key signed for another purpose is no constancia', async () => {
    for (const tag of ['convoca:pass:1', 'convoca:revocations:2', 'convoca:constancia:2'])
      expect(
        await verifyConstancia(await signed([tag, ...linesOf('2026-06-01').slice(1)]), keys, null),
      ).toEqual({
        outcome: 'damaged',
      })
  })

  test.each(['', '.', 'hola', 'a.b.c', '%', `${'A'.repeat(7000)}.AA`])('%j is damaged', async (code) => {
    expect(await verifyConstancia(code, keys, null)).toEqual({ outcome: 'damaged' })
  })

  test('3,000 altered codes are all refused', async () => {
    const code = await signed(linesOf('2026-06-01'))
    const outcomes = new Set<string>()
    for (const altered of alterations(code, seededRandom(13), 3000))
      outcomes.add((await verifyConstancia(altered, keys, null)).outcome)
    expect([...outcomes].sort()).toEqual(['damaged', 'unknown_signer'])
  })
})

test('the code is found in a link, in a link with spaces around it, and alone', () => {
  for (const text of ['https://x.example/verificar#a.b', ' \nhttps://x.example/verificar#a.b ', 'a.b'])
    expect(codeIn(text)).toBe('a.b')
})

describe('the list of those that ended', () => {
  const write = (ended: Ended[]) =>
    writeRevocations({ signed_at: '2026-11-28T06:00:00Z', issuer: 'Instituto', ended }, 'k')

  const endedOf = (count: number, issued: number): Ended[] => {
    const random = seededRandom(count + issued)
    const numbers = new Set<number>()
    while (numbers.size < count) numbers.add(1 + Math.floor(random() * issued))
    return [...numbers].sort((a, b) => a - b).map((number): Ended => [number, random() < 0.5])
  }

  test.each([
    [1, 1],
    [1, 2_147_483_647],
    [9, 9],
    [300, 12_000],
    [3000, 100_000_000],
  ])('of %i entries among %i comes back as it was written', (count, issued) => {
    const ended = endedOf(count, issued)
    expect([...readRevocations(write(ended))!.ended]).toEqual(ended)
  })

  test.each([20_000, 100_000, 400_000, 10_000_000, 100_000_000])(
    'of 10,000 among %i issued takes at most 20,480 bytes on the wire',
    (issued) => {
      const body = JSON.stringify({ text: write(endedOf(10_000, issued)), signature: 'f0'.repeat(64) })
      expect(gzipSync(body).length).toBeLessThanOrEqual(20_480)
    },
  )

  test('an empty one is a list; a cut, a longer and a foreign text are none', () => {
    const whole = write([[5, true]])
    expect(readRevocations(write([]))!.ended.size).toBe(0)
    for (const text of [
      '',
      whole.slice(0, -2),
      `${whole}AAAA`,
      `${whole}\n`,
      whole.replace('revocations', 'pass'),
    ])
      expect(readRevocations(text)).toBeNull()
  })
})
