/**
 * Reads the camera's pictures, one at a time. It is a worker of its own, because its file alone may compile WebAssembly
 * (`public/_headers`).
 */
import { prepareZXingModule } from 'barcode-detector/ponyfill'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { look } from './decode'
import type { Picture } from './ways'

/** What the page sends: a picture, and the way to look at it. */
export interface Asked {
  picture: Picture
  way: number
}
/** What it gets: the text of the code, null without one; or that the decoder does not run here. */
export type Answered = { text: string | null } | { failed: true }

prepareZXingModule({ overrides: { locateFile: () => wasm } })

addEventListener('message', ({ data: { picture, way } }: MessageEvent<Asked>) => {
  const answer = (answered: Answered) => postMessage(answered)
  look(picture, way).then(
    (text) => answer({ text }),
    () => answer({ failed: true }),
  )
})
