/** Our decoder of codes in Node, which lacks two classes of browsers that it uses. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule } from 'barcode-detector/ponyfill'
import { lookWell } from '@/media/codes/decode'
import type { Picture } from '@/media/codes/ways'

class Pixels {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}
class Rectangle {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}
Object.assign(globalThis, { ImageData: Pixels, DOMRectReadOnly: Rectangle })

/** The wasm of our decoder. */
export const WASM = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(WASM).buffer as ArrayBuffer } })

export const readWell = (picture: Picture): Promise<string | null> => lookWell(picture)
