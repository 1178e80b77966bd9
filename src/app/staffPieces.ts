/** The parts of the staff's screens that each kind of campaign adds. A citizen's phone loads their routes only. */
import type { RouteRecordRaw } from 'vue-router'
import type { CampaignKind } from '@/domain/kinds'
import type { KindIsland } from '@/staff/kinds'

const pieces = import.meta.glob<KindIsland<CampaignKind>>('../features/*/staff/island.ts', {
  import: 'island',
})

const addresses = import.meta.glob<readonly RouteRecordRaw[]>('../features/*/staff/routes.ts', {
  eager: true,
  import: 'routes',
})

/** The pages that kinds add to the desk: the `staff/routes.ts` of the folders in `features/` that have one. */
export const staffRoutes = Object.values(addresses).flat()

/** The `staff/island.ts` of every folder in `features/`. */
export const loadStaffPieces = (): Promise<KindIsland<CampaignKind>[]> =>
  Promise.all(Object.values(pieces).map((load) => load()))
