/** Other processes, by their numbers: what they run, who started them, whether they live. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The command line of a process, or '' when nobody has this number. */
export function commandOf(pid: number): string {
  if (process.platform === 'linux') return readProc(pid, 'cmdline').replaceAll('\0', ' ')
  return ps(pid, 'command=')
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // alive, and somebody else's
  }
}

/** From our parent up to the npm that ran the script. Only our parent when it was no npm. */
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
    return '' // ps exits 1 when nobody has this number
  }
}
