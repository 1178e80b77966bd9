/** Keeps the code and the decoder that read codes on phones of those who scan, so that a scan works without signal. */
import { keepCode, loadedFiles } from '@/media/keptCode'
import { WASM_FILE, WORKER_FILE } from './files'
import { hasOwnDecoder } from './reader'

const isOurs = (url: string) => /\/assets\/codes-[^/?]+\.(js|css)$/u.test(url)

/** Resolves to whether a scan works without signal. A phone whose browser has a decoder of its own fetches none. */
export async function keepDecoder(): Promise<boolean> {
  const decoder = (await hasOwnDecoder()) ? [] : [WORKER_FILE, WASM_FILE]
  const wanted = [...loadedFiles(isOurs), ...decoder].map((url) => new URL(url, location.href).href)
  return wanted.length === 0 || (await keepCode('codes', new Set(wanted)))
}
