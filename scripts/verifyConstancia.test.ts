/** The two ways to verify a constancia without the app: the command, and the program that docs/constancia.md publishes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { toBase64url } from '../supabase/functions/_shared/signed/base64url'
import { type Ended, writeRevocations } from '../supabase/functions/_shared/signed/revocations'
import { signerOf } from '../supabase/functions/sign/keys'

const ROOT = join(import.meta.dirname, '..')
const KEY = signerOf({ '2026-06-01': '07'.repeat(32) })!
const folder = mkdtempSync(join(tmpdir(), 'convoca-verify-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (file: string, content: string) => {
  writeFileSync(join(folder, file), content)
  return join(folder, file)
}
const linkOf = (number: number) => {
  const text = `convoca:constancia:1
${KEY.id}
0123456789
${number}
2026-11-22
Ñandú Pérez
2026-11-20
120
Jornadas
Instituto
`
  const code = `${toBase64url(new TextEncoder().encode(text))}.${toBase64url(Buffer.from(KEY.sign(text), 'hex'))}`
  return `https://app.example/verificar#${code}`
}
/** A recognition, of the second version. */
const awardOf = (number: number) => {
  const text = `convoca:constancia:2
${KEY.id}
0123456789
${number}
2026-11-22
reconocimiento
Colectivo Río
Un video sobre las cuentas del agua
https://ejemplo.mx/nota https://ejemplo.mx/radio
Videos
Instituto
`
  const code = `${toBase64url(new TextEncoder().encode(text))}.${toBase64url(Buffer.from(KEY.sign(text), 'hex'))}`
  return `https://app.example/verificar#${code}`
}
/** Three hundred that ended, half of them superseded. */
const ENDED = Array.from({ length: 300 }, (_, at): Ended => [7 + at * 150, at % 2 === 1])
const text = writeRevocations(
  { signed_at: '2026-11-28T06:00:00Z', issuer: 'Instituto', ended: ENDED },
  KEY.id,
)
const list = write('list.json', JSON.stringify({ text, signature: KEY.sign(text) }))
const keys = write('keys.json', JSON.stringify({ signing_keys: [{ id: KEY.id, public_key: KEY.publicKey }] }))
const altered = linkOf(8).replace(/#./u, (start) => (start === '#Y' ? '#Z' : '#Y'))
const LAST = 7 + 299 * 150

const command = (...args: string[]) => {
  const options = { cwd: ROOT, encoding: 'utf8' } as const
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/verifyConstancia.ts', ...args],
    options,
  )
  return [status, stdout.split(/[:,]/u)[0]]
}

test('the command says what a constancia is worth, from a link and from a file, and exits with it', () => {
  expect(command(linkOf(8), keys, list)).toEqual([0, 'VÁLIDA'])
  expect(command(write('link.txt', `${linkOf(7)}\n`), keys, list)).toEqual([1, 'REVOCADA'])
  expect(command(linkOf(LAST), keys, list)[0]).toBe(1)
  expect(command(altered, keys, list)).toEqual([1, 'ALTERADA O INCOMPLETA'])
  expect(command(linkOf(8), keys)).toEqual([2, 'FIRMA VÁLIDA'])
  expect(command(awardOf(8), keys, list)).toEqual([0, 'VÁLIDA'])
})

test('the published program has at most 40 lines and needs nothing but node', () => {
  const [, program] = /^```js\n(.*?)^```$/msu.exec(readFileSync(join(ROOT, 'docs/constancia.md'), 'utf8'))!
  expect(program!.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  const file = write('verify.mjs', program!)
  const run = (link: string) => {
    const { status, stdout } = spawnSync('node', [file, link], { cwd: folder, encoding: 'utf8' })
    return [status, stdout.trimEnd().split('\n').at(-1)]
  }
  expect(run(linkOf(8))).toEqual([0, 'VALID by the list of 2026-11-28T06:00:00Z'])
  expect(run(linkOf(7))).toEqual([0, 'REVOKED by the list of 2026-11-28T06:00:00Z'])
  expect(run(linkOf(LAST))).toEqual([0, 'SUPERSEDED by the list of 2026-11-28T06:00:00Z'])
  expect(run(altered)[0]).toBe(1)
  expect(run(awardOf(8))).toEqual([0, 'VALID by the list of 2026-11-28T06:00:00Z'])
  expect(run(awardOf(7))).toEqual([0, 'REVOKED by the list of 2026-11-28T06:00:00Z'])
})
