/**
 * SHA-256 of a file while it is being copied. WebCrypto hashes only what is whole in memory, and a video of
 * 300 MB is not. `@noble/hashes` (audited, no dependencies) costs 2.7 KB gzip here and does about
 * 90 MiB/s on the machine this was built on; hash-wasm is faster, and would need `wasm-unsafe-eval` in the
 * content security policy.
 */
import { sha256 } from '@noble/hashes/sha2.js'

export interface Hasher {
  update(bytes: Uint8Array): void
  /** The digest in lowercase hex; ends the hasher. */
  hex(): string
}

export function makeHasher(): Hasher {
  const hash = sha256.create()
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  }
}
