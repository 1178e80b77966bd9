/** What every island of `features/` (and the staff's) exports as `feature`; `app/features.ts` lists them. */
import type { RouteRecordRaw } from 'vue-router'
import type { Island } from '@/campaign/islands'
import type { CampaignKind } from '@/domain/kinds'
import type { IconName } from '@/ui/icons'

/** Routes, each with a lazy component. */
export interface Feature {
  routes: readonly RouteRecordRaw[]
}

/** A kind of campaign: the screens it adds, and its pieces of the shared ones. */
export interface CampaignFeature extends Feature, Island {}

/** What the landing says of the kind of a campaign: exported as `card`, apart, because it is in the first load. */
export interface KindCard {
  kind: CampaignKind
  icon: IconName
  label: string
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Staff's screens have no citizens' bottom bar nor help footer. */
    area?: 'staff'
  }
}
