/** Reads bad pictures with our decoder and with `zbarimg` (Debian's zbar-tools) on the same files. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { readWell } from './inNode'
import { badPicture, type Fault, FAULTS, toPgm } from './pictures'
import { constanciaOf, passOf } from './texts'

const run = promisify(execFile)

/** Why `zbarimg` cannot run; null when it can. */
export const zbarMissing = (): Promise<string | null> =>
  run('zbarimg', ['--version']).then(
    () => null,
    () => 'zbarimg is not installed (Debian: apt-get install zbar-tools)',
  )

async function zbarReads(file: string): Promise<string | null> {
  try {
    const { stdout } = await run('zbarimg', ['-q', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable', file])
    return stdout.replace(/\n$/u, '')
  } catch {
    return null // exit code 4: it saw no code
  }
}

export interface Tally {
  pictures: number
  ours: number
  /** Codes that were read as another text. */
  wrong: number
  zbarimg: number
}

const KINDS = { pass: passOf, constancia: constanciaOf }
export type Kind = keyof typeof KINDS

/** How many of `count` pictures each reads, in turn of every fault and both kinds, by the seed. */
export async function readAll(
  seed: number,
  count: number,
  { withZbar, onPicture }: { withZbar: boolean; onPicture?: (done: number) => void },
): Promise<Map<`${Kind} ${Fault}`, Tally>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'codes-'))
  const file = path.join(folder, 'code.pgm')
  const tallies = new Map<`${Kind} ${Fault}`, Tally>()
  for (let at = 0; at < count; at++) {
    const kind: Kind = Math.floor(at / FAULTS.length) % 2 === 0 ? 'pass' : 'constancia'
    const fault = FAULTS[at % FAULTS.length]!
    const text = KINDS[kind](seed + at)
    const picture = badPicture(text, fault, seed + at)
    const name = `${kind} ${fault}` as const
    const tally = tallies.get(name) ?? { pictures: 0, ours: 0, wrong: 0, zbarimg: 0 }
    tallies.set(name, tally)
    tally.pictures += 1
    const read = await readWell(picture)
    if (read === text) tally.ours += 1
    else if (read !== null) tally.wrong += 1
    if (withZbar) {
      writeFileSync(file, toPgm(picture))
      if ((await zbarReads(file)) === text) tally.zbarimg += 1
    }
    onPicture?.(at + 1)
  }
  rmSync(folder, { recursive: true })
  return tallies
}
