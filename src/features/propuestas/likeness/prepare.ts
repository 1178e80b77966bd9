/** Keeps what the hints of similar proposals need, while there is signal: this code and the digest. */
import { getConvocatoria } from '@/data/publicBase'
import { rpcGet } from '@/data/rpc'
import { keepCode } from '@/media/keptCode'

const IS_OURS = /\/assets\/likeness-[^/?]+\.(js|css)$/u

/** Keeps this chunk, and has the worker keep the digest of a campaign. Never rejects: the form goes on without hints. */
export async function prepareLikeness(slug: string): Promise<void> {
  try {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    await keepCode('likeness', new Set(loaded.filter((url) => IS_OURS.test(url))))
    const campaign = await getConvocatoria(slug)
    if (campaign) await rpcGet('likeness_digest', { p_convocatoria: campaign.id })
  } catch {
    // without signal, space or caches
  }
}
