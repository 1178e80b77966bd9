/** Gives one task to a worker of its own, which ends with it: no memory of a large video stays behind. */
import { Fault } from '@/domain/fault'
import type { Answer, MakeTask, News, Order, Result, Task } from './asks'
import { WORKER_FILE } from './files'
import type { Seen } from './plan'

/**
 * The content security policy takes the worker's address from this policy only, which admits the one that exists.
 * Undefined in a browser without Trusted Types.
 */
const policy = window.trustedTypes?.createPolicy('convoca-film', {
  createScriptURL: (url) => {
    if (url === WORKER_FILE) return url
    throw new TypeError('not a worker of this app')
  },
})

interface Watching {
  signal: AbortSignal
  onNews?: (news: News) => void
  /** Gets a function that sends an order to the worker while it works. */
  onStart?: (order: (order: Order) => void) => void
}

/**
 * The result of a task. Fault `media_cannot_make` when this phone cannot do it; an abort ends the worker and rejects with
 * the signal's reason. Rejects where no worker starts.
 */
async function giveTask(task: Task, { signal, onNews, onStart }: Watching): Promise<Result> {
  signal.throwIfAborted()
  const worker = new Worker((policy?.createScriptURL(WORKER_FILE) ?? WORKER_FILE) as string, {
    type: 'module',
  })
  return await new Promise<Result>((resolve, reject) => {
    const fail = (cause?: unknown) => reject(new Fault('media_cannot_make', false, { cause }))
    signal.addEventListener('abort', () => reject(signal.reason))
    worker.onerror = fail
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ('news' in data) onNews?.(data.news)
      else if ('result' in data) resolve(data.result)
      else fail(data.failed)
    }
    worker.postMessage(task)
    onStart?.((order) => worker.postMessage(order))
  }).finally(() => worker.terminate())
}

/** What this phone can do with the file; null when it cannot even look. An abort rejects. */
export async function lookAt(file: Blob, signal: AbortSignal): Promise<Seen | null> {
  const result = await giveTask({ do: 'look', file }, { signal }).catch(() => null)
  signal.throwIfAborted()
  return result && 'seen' in result ? result.seen : null
}

/** Tells each picture as it is drawn. Rejects where it cannot be drawn. */
export async function drawStrip(
  task: Omit<Extract<Task, { do: 'pictures' }>, 'do'>,
  signal: AbortSignal,
  tell: (atS: number, picture: Blob) => void,
): Promise<void> {
  const onNews = (news: News) => {
    if ('picture' in news) tell(news.atS, news.picture)
  }
  await giveTask({ do: 'pictures', ...task }, { signal, onNews })
}

/** Makes a new file. `onShare` gets how much of it is done, `onStart` the orders that pause it. */
export async function makeFile(
  task: Omit<MakeTask, 'do'>,
  watching: Pick<Watching, 'signal' | 'onStart'> & { onShare: (share: number) => void },
): Promise<Blob> {
  const { onShare, ...rest } = watching
  const onNews = (news: News) => {
    if ('share' in news) onShare(news.share)
  }
  const result = await giveTask({ do: 'make', ...task }, { ...rest, onNews })
  if (!('made' in result)) throw new Fault('media_cannot_make', false)
  return result.made
}
