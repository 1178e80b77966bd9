/** The files that a campaign carries: each is bound to the signature by the hash of its bytes. */
import type { PortableAsset, PortableText } from '@/domain/portableCampaign'
import { makeHasher } from '@/media/hash'

/** An item of the section `insumos` that names a file. */
export interface FileItem {
  title: string
  kind: string
  file: string
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads a section that nobody has checked yet. */
export function fileItemsOf({ sections }: Pick<PortableText, 'sections'>): FileItem[] {
  const items: unknown = sections['insumos']?.['items']
  if (!Array.isArray(items)) return []
  return (items as unknown[]).flatMap((item) => {
    const { title, kind, file } = (item ?? {}) as Record<string, unknown>
    return textOf(file) ? [{ title: textOf(title), kind: textOf(kind), file: textOf(file) }] : []
  })
}

/** Whether these are the bytes that were signed. */
export function isAsset({ bytes: length, sha256 }: PortableAsset, bytes: Uint8Array): boolean {
  const hash = makeHasher()
  hash.update(bytes)
  return bytes.length === length && hash.hex() === sha256
}

/** Characters that a call of String.fromCharCode takes; a multiple of 3, so that no piece but the last is padded. */
const PIECE = 3 * 8192

export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE))))
  return pieces.join('')
}

/** Null for what is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
