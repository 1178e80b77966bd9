/** How much memory a page's JavaScript holds, buffers outside the heap included. */
import type { CDPSession } from 'playwright-core'

export interface HeapWatch {
  /** MB above the first look, at the most, after collecting what nobody holds any more. */
  growthMb(): Promise<number>
  /** MB above the first look, at the most, garbage included: looked at a few times a second. */
  peakMb(): number
  stop(): void
}

interface Usage {
  usedSize: number
  embedderHeapUsedSize?: number
  backingStorageSize?: number
}

async function usedMb(session: CDPSession): Promise<number> {
  const usage = (await session.send('Runtime.getHeapUsage')) as Usage
  return (usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0)) / 1e6
}

async function collectedMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return usedMb(session)
}

/** `everyMs` between two looks; with `collect` each look collects first, which costs the page time. */
export async function watchHeap(
  session: CDPSession,
  { everyMs = 250, collect = false } = {},
): Promise<HeapWatch> {
  const first = await collectedMb(session)
  let highest = first
  const look = async () => {
    highest = Math.max(highest, await (collect ? collectedMb(session) : usedMb(session)))
  }
  const timer = setInterval(() => void look().catch(() => undefined), everyMs)
  return {
    growthMb: async () =>
      Math.max(
        0,
        (collect ? Math.max(highest, await collectedMb(session)) : await collectedMb(session)) - first,
      ),
    peakMb: () => highest - first,
    stop: () => clearInterval(timer),
  }
}
