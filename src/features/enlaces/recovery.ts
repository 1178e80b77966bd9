/** The two calls of «Recuperar mi enlace», and what was found as items of this phone. */
import type { Item } from '@/data/items'
import { rpc } from '@/data/rpc'
import type { RecoveredLink } from '@/domain/rows'
import { itemFromLink, itemFromRow } from './itemOf'
import { openFolio } from './openFolio'

/** 128 random bits in base64url without padding: from it follow the new secrets, the same at each retry. */
export function newSeed(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
  const bytes = source.getRandomValues(new Uint8Array(16))
  const base64 = btoa(String.fromCharCode(...bytes))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Asks for a code. The answer is the same for an address that nobody left. Faults as `rpc`. */
export const requestCode = (email: string): Promise<unknown> => rpc('request_link_code', { p_email: email })

/** New links for all that the address left. Faults: `code_invalid`, `code_exhausted`, and those of `rpc`. */
export async function recoverLinks(email: string, code: string, seed: string): Promise<RecoveredLink[]> {
  const args = { p_email: email, p_code: code, p_seed: seed }
  return (await rpc('recover_links', args, { accepts: holdsLinks })).links
}

const holdsLinks = (body: unknown): body is { links: RecoveredLink[] } =>
  Array.isArray((body as { links?: unknown } | null)?.links)

/** What the server tells of a link, or at least the link when the signal went meanwhile. */
export async function readItem(link: RecoveredLink): Promise<Item> {
  try {
    return itemFromRow(await openFolio(link), link.secret)
  } catch {
    return itemFromLink(link)
  }
}
