/** Keeps what the hints of similar proposals need, while there is signal: this code and the digest. */
import { getConvocatoria } from '@/data/publicBase'
import { rpcGet } from '@/data/rpc'
import { keepCode, loadedFiles } from '@/media/keptCode'

const isOurs = (url: string) => /\/assets\/likeness-[^/?]+\.(js|css)$/u.test(url)

/** Keeps this chunk, and has the worker keep the digest of a campaign. Never rejects: the form goes on without hints. */
export async function prepareLikeness(slug: string): Promise<void> {
  try {
    await keepCode('likeness', loadedFiles(isOurs))
    const campaign = await getConvocatoria(slug)
    if (campaign) await rpcGet('likeness_digest', { p_convocatoria: campaign.id })
  } catch {
    // without signal, space or caches
  }
}
