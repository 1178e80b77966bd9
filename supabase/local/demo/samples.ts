/** The files of `supabase/samples/demo`. Everybody and everything in them is invented. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const FOLDER = path.resolve(import.meta.dirname, '../../samples/demo')

export const readSample = (file: string): Buffer<ArrayBuffer> => readFileSync(path.join(FOLDER, file))

export const readEntries = <T>(file: string): T[] => JSON.parse(String(readSample(file))) as T[]

/** The SHA-256 of all files, in hexadecimal. */
export function hashOfSamples(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(FOLDER).sort()) hash.update(file).update(readSample(file))
  return hash.digest('hex')
}
