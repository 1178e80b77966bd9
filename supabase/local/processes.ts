/** What other processes run, who started them, and whether they are alive. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The command line of a process, or '' when there is none with this number. */
export function commandOf(pid: number): string {
  if (process.platform === 'linux') return readProc(pid, 'cmdline').replaceAll('\0', ' ')
  return ps(pid, 'command=')
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // alive, and of another account
  }
}

/** The processes from our parent up to the npm that ran the script; only our parent when no npm did. */
export function starters(): number[] {
  const chain = [process.ppid]
  while (chain.length < 5 && !commandOf(chain.at(-1)!).startsWith('npm')) {
    const next = parentOf(chain.at(-1)!)
    if (next <= 1) return [process.ppid]
    chain.push(next)
  }
  return chain
}

function parentOf(pid: number): number {
  if (process.platform === 'linux') return Number(/^PPid:\s*(\d+)/m.exec(readProc(pid, 'status'))?.[1] ?? 0)
  return Number(ps(pid, 'ppid='))
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return '' // ps exits with 1 when there is no such process
  }
}
