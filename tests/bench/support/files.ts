/** A file on disk that a page can choose. */
import { randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Bench } from './run'

export const MIB = 1024 * 1024
/** The header of an MP4. Nobody plays the file. */
const FTYP = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex')

/** Creates a file of incompressible bytes. It is deleted when the benchmark ends. */
export function makeVideo(bench: Bench, mib: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-bench-file-'))
  bench.finally(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'video.mp4')
  const descriptor = openSync(file, 'w')
  for (let written = 0; written < mib; written += 1) {
    const piece = randomBytes(MIB)
    if (written === 0) FTYP.copy(piece)
    writeSync(descriptor, piece)
  }
  closeSync(descriptor)
  return file
}
