/** The staff's pages, with those that each kind of campaign adds. No citizen's phone loads them. */
import type { RouteRecordRaw } from 'vue-router'
import type { CampaignKind } from '@/domain/kinds'
import { staffFeature } from '@/staff/feature'
import type { KindIsland } from '@/staff/kinds'

const pieces = import.meta.glob<KindIsland<CampaignKind>>('../features/*/staff/island.ts', {
  import: 'island',
})

const addresses = import.meta.glob<readonly RouteRecordRaw[]>('../features/*/staff/routes.ts', {
  eager: true,
  import: 'routes',
})

/** The `staff/island.ts` of every folder in `features/`. */
const loadStaffPieces = (): Promise<KindIsland<CampaignKind>[]> =>
  Promise.all(Object.values(pieces).map((load) => load()))

/** With the `staff/routes.ts` of the folders in `features/` that have one. */
export const { routes } = staffFeature(loadStaffPieces, Object.values(addresses).flat())
