/**
 * `npm run rebuild:results -- datos-0001.jsonl …`: computes every published figure of a consultation from its open data, and prints
 * the bytes of `cifras.json`. With `--compare cifras.json` it compares them with that file instead: exits 0 when they are
 * equal to the byte, 1 when they are not.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import canonicalize from 'canonicalize'
import { figuresOf, rowsIn } from './results/figures'

function main(): number {
  const { values, positionals } = parseArgs({
    options: { compare: { type: 'string' } },
    allowPositionals: true,
  })
  if (positionals.length === 0)
    throw new Error('Falta el archivo: npm run rebuild:results -- datos-0001.jsonl [--compare cifras.json]')
  const figures = canonicalize(figuresOf(rowsIn(positionals.map((file) => readFileSync(file, 'utf8')))))!
  if (values.compare === undefined) {
    process.stdout.write(figures)
    return 0
  }
  const isEqual = figures === readFileSync(values.compare, 'utf8')
  console.log(isEqual ? 'IGUALES, byte por byte.' : 'DISTINTAS: las cifras no salen de estos archivos.')
  console.log(`SHA-256 ${createHash('sha256').update(figures).digest('hex')}`)
  return isEqual ? 0 : 1
}

try {
  process.exitCode = main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}
