/** The islands of this app. A new kind of campaign adds its folder in `features/` and its line here. */
import type { Feature } from '@/features/feature'
import { feature as folio } from '@/features/folio/feature'
import { feature as propuestas } from '@/features/propuestas/feature'
import { feature as staff } from '@/staff/feature'

export const FEATURES: readonly Feature[] = [propuestas, folio, staff]
