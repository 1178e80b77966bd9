/** The two ways to verify the transparency log without the app: the command, and the program that docs/log.md publishes. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { answerOf, KEYS, makeWorld } from '../tests/support/merkleWorld'

const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'convoca-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { entries, seen, proof } = makeWorld(37, 61, 12)
const receipt = { format: 'convoca.log', seen, proof }
const altered = structuredClone(receipt)
altered.proof.steps[0]!.text = altered.proof.steps[0]!.text.replace('author', 'system')
/** Another head of the same day, which names no head before it. */
const forked = { ...answerOf(entries, 61, 12).head!, day: '2026-11-29', consistency: '' }

const write = (file: string, content: object) => {
  writeFileSync(join(folder, file), JSON.stringify(content))
  return join(folder, file)
}
const keys = write('keys.json', { signing_keys: KEYS })

describe('the command', () => {
  const verify = (...places: string[]) => {
    const args = ['--import', 'tsx', 'scripts/verifyLog.ts', ...places]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
    return [status, (stdout + stderr).trimEnd().split('\n').at(-1)]
  }

  test('a folder with keys, two heads and a comprobante holds', () => {
    const place = join(folder, 'registro')
    mkdirSync(place)
    for (const [name, content] of Object.entries({
      'llaves.json': { signing_keys: KEYS },
      '2026-11-28.json': { day: '2026-11-28', ...seen, consistency: '' },
      '2026-11-29.json': { day: '2026-11-29', ...proof.head, consistency: proof.consistency },
      'mio.json': receipt,
    }))
      write(join('registro', name), content)
    expect(verify(place)).toEqual([0, '4 bien, 0 fallas, 0 huecos'])
    const gap = verify(keys, join(place, '2026-11-28.json'), write('f.json', forked))
    expect(gap).toEqual([2, '2 bien, 0 fallas, 1 huecos'])
  })

  test('two heads of a day, an altered step and a head that does not extend the other are failures, each said', () => {
    const cut = { ...receipt, proof: { ...proof, consistency: proof.consistency.slice(0, -43) } }
    const day = write('2026-11-29.json', { day: '2026-11-29', ...proof.head, consistency: '' })
    expect(
      verify(keys, day, write('f.json', forked), write('altered.json', altered), write('cut.json', cut)),
    ).toEqual([1, '2 bien, 3 fallas, 0 huecos'])
  })
})

test('the published program has at most 40 lines, needs nothing but node, and says the same', () => {
  const [, program] = /^```js\n(.*?)^```$/msu.exec(readFileSync(join(ROOT, 'docs/log.md'), 'utf8'))!
  expect(program!.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  writeFileSync(join(folder, 'verify.mjs'), program!)
  const run = (file: string, content: object) => {
    const { status, stdout } = spawnSync('node', ['verify.mjs', write(file, content)], {
      cwd: folder,
      encoding: 'utf8',
    })
    return [status, stdout.trimEnd().split('\n').at(-1)]
  }
  expect(run('a.json', receipt)).toEqual([0, 'VALID in the head of 2026-11-29'])
  expect(run('b.json', { ...receipt, seen: null, proof: { ...proof, consistency: '' } })[0]).toBe(0)
  expect(run('c.json', altered)[0]).toBe(1)
  expect(
    run('d.json', { ...receipt, proof: { ...proof, consistency: proof.consistency.slice(0, -43) } })[0],
  ).toBe(1)
  expect(run('e.json', { ...receipt, seen: proof.head, proof: { ...proof, head: seen, steps: [] } })[0]).toBe(
    1,
  )
})
