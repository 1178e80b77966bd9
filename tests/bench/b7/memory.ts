/** The memory of a browser's processes: the page's, in which its workers run, and all of them together. */
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  pid: number
  parent: number
  isPage: boolean
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        const isPage = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')
        return [{ pid: Number(pid), parent, isPage }]
      } catch {
        return [] // it ended
      }
    })
}

/** Proportional: what processes share counts once. */
function mbOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

function look(root: number): { page: number; all: number } {
  const every = processes()
  const ours = new Set([root])
  for (let size = 0; size !== ours.size;) {
    size = ours.size
    for (const { pid, parent } of every) if (ours.has(parent)) ours.add(pid)
  }
  const mb = every.filter(({ pid }) => ours.has(pid)).map((one) => ({ ...one, mb: mbOf(one.pid) }))
  return {
    page: Math.max(0, ...mb.filter(({ isPage }) => isPage).map((one) => one.mb)),
    all: mb.reduce((total, one) => total + one.mb, 0),
  }
}

const EVERY_MS = 300

/** Runs the work, and tells the peak in MB of the largest page and of the browser as a whole. */
export async function withPeak<T>(
  root: number,
  work: () => Promise<T>,
): Promise<{ result: T; page: number; all: number }> {
  const peak = { page: 0, all: 0 }
  const sample = () => {
    const { page, all } = look(root)
    peak.page = Math.max(peak.page, page)
    peak.all = Math.max(peak.all, all)
  }
  const timer = setInterval(sample, EVERY_MS)
  try {
    const result = await work()
    sample()
    return { result, ...peak }
  } finally {
    clearInterval(timer)
  }
}
