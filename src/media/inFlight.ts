/** The bytes of the chunk on its way, which only the page that sends can see. */
import { shallowRef } from 'vue'

/** Null when this page sends nothing. `sent`: bytes of the whole video that have left the phone. */
export const inFlight = shallowRef<{ mediaId: string; sent: number } | null>(null)
