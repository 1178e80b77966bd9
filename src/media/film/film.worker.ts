/**
 * Works on chosen videos, one task a worker, so that the page stays alive meanwhile. It is a file of its own, because it
 * alone may compile the WebAssembly of the encoder of sound (`public/_headers`).
 */
import { BlobSource, Input } from 'mediabunny'
import { FORMATS } from '../../../supabase/functions/_shared/media/formats'
import type { Answer, News, Order, Result, Task } from './asks'
import { look } from './look'
import { make, type Gate } from './make'
import { drawPictures } from './pictures'

const say = (answer: Answer) => postMessage(answer)
const tell = (news: News) => say({ news })

let pausing = new AbortController()
let goOn = () => {}
let opened = Promise.resolve()

const gate: Gate = { signal: () => pausing.signal, open: () => opened }

function pause(): void {
  opened = new Promise((resolve) => (goOn = resolve))
  pausing.abort()
}

function resume(): void {
  pausing = new AbortController()
  goOn()
}

async function work(task: Task): Promise<Result> {
  const input = new Input({ source: new BlobSource(task.file), formats: FORMATS })
  try {
    switch (task.do) {
      case 'look':
        return { seen: await look(input) }
      case 'pictures':
        await drawPictures(input, task, (atS, picture) => tell({ atS, picture }))
        return { isDone: true }
      case 'make':
        return { made: await make(input, task, (share) => tell({ share }), gate) }
    }
  } finally {
    input.dispose()
  }
}

addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
  if (order.do === 'pause') pause()
  else if (order.do === 'resume') resume()
  else
    work(order).then(
      (result) => say({ result }),
      (cause: unknown) => say({ failed: String(cause) }),
    )
})
