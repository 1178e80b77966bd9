/** Reads `postmaster.pid` of a data folder and checks that the process it names is the folder's Postgres. */
import { readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { commandOf } from './processes'

export interface Postmaster {
  pid: number
  port: number
  ready: boolean
}

const fileOf = (data: string) => path.join(data, 'postmaster.pid')

/** The Postgres that runs on this folder, or null. A file counts only if its process lives and is that Postgres. */
export function readPostmaster(data: string): Postmaster | null {
  const text = readIfThere(fileOf(data))
  const lines = text?.split('\n') ?? []
  const pid = Number(lines[0])
  if (!pid || !commandOf(pid).includes(data)) return null
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/** Whether `postmaster.pid` still says that Postgres takes connections; no process is looked at. */
export const saysReady = (data: string): boolean =>
  readIfThere(fileOf(data))?.split('\n')[7]?.trim() === 'ready'

/** Deletes a `postmaster.pid` whose number belongs to another process now: Postgres would not start beside it. */
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
