/** The origin private file system with a synchronous handle in a worker, its fastest API (MDN, OPFS). */
import { chosenFile, expose } from '../support/expose'

const worker = new Worker(new URL('./b6-opfs-worker.ts', import.meta.url), { type: 'module' })

const ask = (what: object) =>
  new Promise<number>((done) => {
    worker.onmessage = ({ data }) => done(data as number)
    worker.postMessage(what)
  })

expose({
  stage: (withHash: boolean) => ask({ file: chosenFile(), withHash }),
  read: () => ask({}),
  durabilities: () => ['flush'],
})
