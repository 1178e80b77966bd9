/** The parts of the staff's screens that each kind of campaign adds. They load with the staff's screens only. */
import type { CampaignKind } from '@/domain/kinds'
import type { KindIsland } from '@/staff/kinds'

const pieces = import.meta.glob<KindIsland<CampaignKind>>('../features/*/staff/island.ts', {
  import: 'island',
})

/** The `staff/island.ts` of every folder in `features/`. */
export const loadStaffPieces = (): Promise<KindIsland<CampaignKind>[]> =>
  Promise.all(Object.values(pieces).map((load) => load()))
