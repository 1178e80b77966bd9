/**
 * Incremental SHA-256 of a file while it is copied. WebCrypto needs all bytes in memory, which a video of 300 MB
 * does not allow. `@noble/hashes` (audited, no dependencies) costs 2.7 KB gzip and hashes about 90 MiB/s on the
 * development machine. hash-wasm is faster, but needs `wasm-unsafe-eval` in the content security policy.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '@/domain/hex'

export interface Hasher {
  update(bytes: Uint8Array): void
  /** The digest in lowercase hex. The hasher cannot be used afterwards. */
  hex(): string
}

/** A SHA-256 hasher that takes a file piece by piece. */
export function makeHasher(): Hasher {
  const hash = sha256.create()
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => toHex(hash.digest()),
  }
}
