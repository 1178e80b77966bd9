/** Keeps the code and the decoder that read codes on phones of those who scan, so that a scan works without signal. */
import { keepCode } from '@/media/keptCode'
import { WASM_FILE, WORKER_FILE } from './files'
import { hasOwnDecoder } from './reader'

const IS_OURS = /\/assets\/codes-[^/?]+\.(js|css)$/u

/** The files of the scanner that this page loaded. */
function loaded(): string[] {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href)
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  return [...links, ...fetched].filter((url) => IS_OURS.test(url))
}

/** Resolves to whether a scan works without signal. A phone whose browser has a decoder of its own fetches none. */
export async function keepDecoder(): Promise<boolean> {
  const decoder = (await hasOwnDecoder()) ? [] : [WORKER_FILE, WASM_FILE]
  const wanted = [...loaded(), ...decoder].map((url) => new URL(url, location.href).href)
  return wanted.length === 0 || (await keepCode('codes', new Set(wanted)))
}
