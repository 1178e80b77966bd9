/** Puts the bytes of a campaign's files beside its signed document. */
import { openFile } from '@/data/staff/useOpenedFile'
import { Fault } from '@/domain/fault'
import type { PortableAsset, PortableFile, SignedCampaign } from '@/domain/portableCampaign'
import { fileItemsOf, isAsset, toBase64 } from './assets'
import { MAX_FILE_BYTES, MAX_TEXT_BYTES } from './portableFile'

/** 15 MB within it need 400 kbit/s. */
const DEADLINE_MS = 300_000

/** Null when storage has no such file or other bytes. Faults: `offline`, and those of the call. */
async function readAsset(asset: PortableAsset): Promise<Uint8Array | null> {
  const { url } = await openFile('insumos-intake', asset.id)
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) }).catch((cause: unknown) => {
    throw new Fault('offline', true, { cause })
  })
  if (!response.ok) return null
  const bytes = new Uint8Array(await response.arrayBuffer())
  return isAsset(asset, bytes) ? bytes : null
}

export interface Exported {
  file: PortableFile
  /** Titles of the insumos whose file does not travel: it is not verified yet, is gone, or has no room. */
  left: string[]
}

/** Faults as `rpc`. */
export async function withFiles(signed: SignedCampaign): Promise<Exported> {
  const files: Record<string, string> = {}
  let room = MAX_FILE_BYTES - MAX_TEXT_BYTES
  for (const asset of signed.assets) {
    const size = 4 * Math.ceil(asset.bytes / 3)
    if (asset.sha256 in files || size > room) continue
    const bytes = await readAsset(asset)
    if (!bytes) continue
    files[asset.sha256] = toBase64(bytes)
    room -= size
  }
  const carried = new Set(signed.assets.filter(({ sha256 }) => sha256 in files).map(({ id }) => id))
  const left = fileItemsOf(signed).filter(({ file }) => !carried.has(file))
  return {
    file: signed.assets.length > 0 ? { ...signed, files } : signed,
    left: left.map(({ title }) => title),
  }
}
