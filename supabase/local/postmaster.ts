/** What `postmaster.pid` says of a data folder, and whether the process it names is really its Postgres. */
import { readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { commandOf } from './processes'

export interface Postmaster {
  pid: number
  port: number
  ready: boolean
}

const fileOf = (data: string) => path.join(data, 'postmaster.pid')

/** The Postgres that runs on this folder, or null. A file whose process died, or is another's now, counts for nothing. */
export function readPostmaster(data: string): Postmaster | null {
  const text = readIfThere(fileOf(data))
  const lines = text?.split('\n') ?? []
  const pid = Number(lines[0])
  if (!pid || !commandOf(pid).includes(data)) return null
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/** Takes away a `postmaster.pid` whose number another process carries now: Postgres would wait for it for ever. */
export function removeStalePid(data: string): void {
  if (readPostmaster(data)) return
  const aside = `${fileOf(data)}.${process.pid}`
  try {
    renameSync(fileOf(data), aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const pid = Number(readFileSync(aside, 'utf8').split('\n')[0])
  if (pid && commandOf(pid).includes(data)) renameSync(aside, fileOf(data))
  else rmSync(aside)
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
