/** What every island of `features/` (and the staff's) exports as `feature`; `app/features.ts` lists them. */
import type { RouteRecordRaw } from 'vue-router'
import type { Island } from '@/campaign/islands'

/** Routes, each with a lazy component. */
export interface Feature {
  routes: readonly RouteRecordRaw[]
}

/** A kind of campaign: the screens it adds, and its pieces of the shared ones. */
export interface CampaignFeature extends Feature, Island {}

declare module 'vue-router' {
  interface RouteMeta {
    /** Staff's screens have no citizens' bottom bar nor help footer. */
    area?: 'staff'
  }
}
