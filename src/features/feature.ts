/** The types that the modules of `features/` and of the staff export. `app/features.ts` loads the features. */
import type { RouteRecordRaw } from 'vue-router'
import type { Island } from '@/campaign/islands'
import type { CampaignKind } from '@/domain/kinds'

/** What a `feature.ts` exports as `feature`: its routes, each with a lazy component. */
export interface Feature {
  routes: readonly RouteRecordRaw[]
}

/** The feature of a kind of campaign: its routes, and what it provides to the shared screens. */
export interface CampaignFeature extends Feature, Island {}

/** How the landing shows a kind of campaign. Exported as `card` by its own module, which is in the first load. */
export interface KindCard {
  kind: CampaignKind
  label: string
  /** What happens while it is open. */
  now: string
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Staff's screens have no citizens' bottom bar nor help footer. */
    area?: 'staff' | 'preview'
  }
}
