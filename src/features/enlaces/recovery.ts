/** The two calls of «Recuperar mi enlace», and the items for the recovered links. */
import type { Item } from '@/data/items'
import { rpc } from '@/data/rpc'
import type { RecoveredLink } from '@/domain/recoveredLink'
import { toBase64url } from '../../../supabase/functions/_shared/signed/base64url'
import { itemFromLink, itemFromRow } from './itemOf'
import { openFolio } from './openFolio'

/**
 * A seed of 128 random bits in base64url without padding. The server derives the new secrets from it, so a retry with
 * the same seed returns the same secrets.
 */
export function newSeed(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
  return toBase64url(source.getRandomValues(new Uint8Array(16)))
}

/** Asks for a code by e-mail. The answer is the same for an unknown address. Faults: those of `rpc`. */
export const requestCode = (email: string): Promise<unknown> => rpc('request_link_code', { p_email: email })

/** New links for all submissions with this address. Faults: `code_invalid`, `code_exhausted`, and those of `rpc`. */
export async function recoverLinks(email: string, code: string, seed: string): Promise<RecoveredLink[]> {
  const args = { p_email: email, p_code: code, p_seed: seed }
  return (await rpc('recover_links', args, { accepts: holdsLinks })).links
}

const holdsLinks = (body: unknown): body is { links: RecoveredLink[] } =>
  Array.isArray((body as { links?: unknown } | null)?.links)

/** The item for a recovered link: from the server's row, or from the link alone when the row cannot be read. */
export async function readItem(link: RecoveredLink): Promise<Item> {
  try {
    return itemFromRow(await openFolio(link), link.secret)
  } catch {
    return itemFromLink(link)
  }
}
