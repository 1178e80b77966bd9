/** A few of the bad pictures of `npm run bench:codes`, by the same seed and ranges, and the version of the decoder. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ZXING_WASM_SHA256 } from 'barcode-detector/ponyfill'
import { expect, test } from 'vitest'
import { WASM } from '../../../tests/support/codes/inNode'
import { readAll } from '../../../tests/support/codes/readAll'

test('passes and constancias are read from blurred, tilted, dark, glaring, small and moiré pictures', async () => {
  const tallies = [...(await readAll(20261129, 12, { withZbar: false })).values()]
  const sum = (of: 'ours' | 'wrong' | 'pictures') => tallies.reduce((total, tally) => total + tally[of], 0)
  expect(tallies).toHaveLength(12)
  expect(sum('wrong')).toBe(0)
  expect(sum('ours')).toBe(12)
}, 120_000) // it makes large pictures, which takes long on a busy machine

test('the wasm that we serve is the one that barcode-detector was made for', () => {
  expect(createHash('sha256').update(readFileSync(WASM)).digest('hex')).toBe(ZXING_WASM_SHA256)
})
