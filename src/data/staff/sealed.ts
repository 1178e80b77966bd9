/**
 * What staff keep of people on this phone is encrypted (AES-GCM, 256 bits) with a key that the browser keeps and never hands
 * out. Who reads or copies rows of the database reads none of it, and once the key is deleted nobody does. It does not protect
 * from code that runs as this page, nor from who takes the whole profile of the browser with its key.
 */
import { db } from '../db'

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

const AES = 'AES-GCM'

export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: AES, length: 256 }, false, ['encrypt', 'decrypt'])

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(value))
  return { iv, bytes: await crypto.subtle.encrypt({ name: AES, iv }, key, text) }
}

/** Null where the key is another one: somebody signed out since. */
export async function unseal<T>(
  key: CryptoKey,
  { iv, bytes }: { iv: BufferSource; bytes: BufferSource },
): Promise<T | null> {
  try {
    const text = await crypto.subtle.decrypt({ name: AES, iv }, key, bytes)
    return JSON.parse(new TextDecoder().decode(text)) as T
  } catch {
    return null
  }
}

/** The row of a key, which ends with the last list under it. */
export interface KeyRow {
  key: CryptoKey
  until: string
}

export const readKey = async (name: string) => (await db.meta.get(name))?.value as KeyRow | undefined
