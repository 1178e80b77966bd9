import { toBase64url } from '../../../supabase/functions/_shared/signed/base64url'

/** A new secret, the proof of authorship of one submission: 128 random bits in base64url, 22 characters. */
export function newSecret(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
  return toBase64url(source.getRandomValues(new Uint8Array(16)))
}
