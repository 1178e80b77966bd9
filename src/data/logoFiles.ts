/** The institution's logo. A phone fetches each logo once and keeps the last one. */
import type { InstitutionLogo } from '@/domain/institution'
import { rpcGet } from './rpc'

const KEPT = 'convoca.logo'

function readKept(): InstitutionLogo | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as InstitutionLogo | null
  } catch {
    return null // a private window, or a text that is not ours
  }
}

function keep(files: InstitutionLogo): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(files))
  } catch {
    // full or private: it is fetched again next time
  }
}

/** The files of the logo with this hash; null where neither this phone nor the server has them now. */
export async function readLogo(hash: string): Promise<InstitutionLogo | null> {
  const kept = readKept()
  if (kept?.hash === hash) return kept
  const files = await rpcGet('institution_logo').catch(() => null)
  if (files) keep(files)
  return files
}
