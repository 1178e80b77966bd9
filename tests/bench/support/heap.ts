/** Measures the memory of a page's JavaScript, including buffers outside the heap. */
import type { CDPSession } from '@playwright/test'

export interface HeapWatch {
  /** Takes a last sample and returns the highest growth above the first sample in MB. */
  end(): Promise<number>
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

/**
 * Samples every `everyMs`. With `collect` each sample collects garbage first, which costs the page time and
 * shows the memory really held. Without it garbage counts, as it does on a phone that runs out of memory.
 */
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
  const stop = () => clearInterval(timer)
  return {
    stop,
    end: async () => {
      stop()
      await look()
      return highest - first
    },
  }
}
