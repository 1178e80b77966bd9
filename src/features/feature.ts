/** What every island of `features/` (and the staff's) exports as `feature`; `app/features.ts` lists them. */
import type { RouteRecordRaw } from 'vue-router'
import type { CampaignKind } from '@/domain/campaign'

/** Routes only, each with a lazy component: this file's graph is part of the first load. */
export interface Feature {
  routes: readonly RouteRecordRaw[]
}

/** A kind of campaign and the screens it adds. */
export interface CampaignFeature extends Feature {
  kind: CampaignKind
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Staff's screens have no citizens' bottom bar nor help footer. */
    area?: 'staff'
  }
}
