/** The addresses of the decoder's files, as the build names them. */
// oxlint-disable-next-line import/default -- Vite makes the default export of `?worker&url`
import worker from './codes.worker?worker&url'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

export const WORKER_FILE = worker
export const WASM_FILE = wasm
