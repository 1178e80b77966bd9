/**
 * Files of insumos that the person keeps on this phone: entries of a cache of their own, which a new version of the app
 * leaves alone. An entry exists only after the whole file arrived and its hash matched.
 */
import { Fault } from '@/domain/fault'
import { toHex } from '@/domain/hex'
import type { PublicFile } from '@/domain/insumo'
import { brokenOff, fetchPublic, publicAddress } from '../publicFile'

const CACHE = 'insumos'

export interface KeptFile {
  sha256: string
  bytes: number
  /** Of the campaign for whose page it was kept. */
  convocatoria_id: string
}

/** The name of an entry says all that a list needs, so that no file is opened for it. */
const keyOf = ({ sha256, bytes, convocatoria_id }: KeptFile) =>
  `/insumos/${sha256}?bytes=${bytes}&de=${convocatoria_id}`

/** Where everybody can fetch the file; null while its copy is being made. */
export const addressOf = ({ object }: PublicFile): string | null =>
  object && publicAddress('insumos-public', object)

/** The files on this phone. None where the browser has no caches. */
export async function listKept(): Promise<KeptFile[]> {
  if (!('caches' in globalThis)) return []
  const requests = await (await caches.open(CACHE)).keys()
  return requests.map(({ url }) => {
    const { pathname, searchParams } = new URL(url)
    return {
      sha256: pathname.split('/').at(-1)!,
      bytes: Number(searchParams.get('bytes')),
      convocatoria_id: searchParams.get('de') ?? '',
    }
  })
}

/** A kept file; null when it is not on this phone. */
export async function readKept(sha256: string): Promise<Blob | null> {
  if (!('caches' in globalThis)) return null
  const cache = await caches.open(CACHE)
  const found = await cache.match(`/insumos/${sha256}`, { ignoreSearch: true })
  return (await found?.blob()) ?? null
}

export async function freeKept(sha256: string): Promise<void> {
  await (await caches.open(CACHE)).delete(`/insumos/${sha256}`, { ignoreSearch: true })
}

interface FetchOptions {
  signal?: AbortSignal | undefined
  onReceived?: ((bytes: number) => void) | undefined
}

async function ask(file: PublicFile, signal: AbortSignal | undefined): Promise<ReadableStream<Uint8Array>> {
  const address = addressOf(file)
  const response = address && (await fetchPublic(address, signal))
  if (!response || !response.body) throw new Fault('server', true)
  return response.body
}

/** The whole file, proven by its hash. Faults: `offline`, `server`, `gone`, `changed`, `stopped`. */
export async function fetchFile(file: PublicFile, { signal, onReceived }: FetchOptions = {}): Promise<Blob> {
  const reader = (await ask(file, signal)).getReader()
  const whole = new Uint8Array(file.bytes)
  let size = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (size + next.value.length > file.bytes) throw new Fault('changed', true)
      whole.set(next.value, size)
      size += next.value.length
      onReceived?.(size)
    }
  } catch (cause) {
    void reader.cancel().catch(() => undefined)
    if (cause instanceof Fault) throw cause
    throw brokenOff(signal, cause)
  }
  if (toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', whole))) !== file.sha256)
    throw new Fault('changed', true)
  return new Blob([whole], { type: file.mime })
}

/** Fetches the file and keeps it. Faults as `fetchFile`, and `full`. */
export async function keepFile(
  file: PublicFile,
  convocatoria_id: string,
  options: FetchOptions,
): Promise<void> {
  const blob = await fetchFile(file, options)
  const cache = await caches.open(CACHE)
  const headers = { 'content-type': file.mime, 'content-length': String(file.bytes) }
  const key = keyOf({ sha256: file.sha256, bytes: file.bytes, convocatoria_id })
  try {
    await cache.put(key, new Response(blob, { headers }))
  } catch (cause) {
    throw new Fault('full', false, { cause })
  }
}
