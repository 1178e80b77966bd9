/** What the Edge Functions that the app calls take and answer. */
import type { SignedCampaign } from './portableCampaign'
import type { StaffRole } from './staffRows'

/** The buckets of files that only staff open. */
export type StaffBucket = 'videos-intake' | 'insumos-intake'

/** The Edge Functions that the app calls. */
export interface EdgeFunctions {
  'accept-invitation': {
    body: { token: string; password: string }
    answer: { role: StaffRole; email: string }
  }
  'open-file': {
    body: { bucket: StaffBucket; name: string } | { folio: string; secret: string } | { guardian: string }
    /** `path` follows the project's address; it opens the file for `seconds`. */
    answer: { path: string; seconds: number }
  }
  sign: {
    body: { document: 'campaign'; id: string }
    answer: SignedCampaign
  }
}
