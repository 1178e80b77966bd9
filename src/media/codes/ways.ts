/** What the page and the worker that reads codes share. */

/** Pixels as a canvas has them: red, green, blue and opacity. */
export interface Picture {
  data: Uint8ClampedArray<ArrayBuffer>
  width: number
  height: number
}

/** How many ways there are to look at a picture (`decode.ts`). The camera takes the next one with each picture. */
export const LOOK_COUNT = 4
