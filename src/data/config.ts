/** The server's address and key: set at build time, otherwise those of the embedded backend at the page's origin. */

/** The key of the embedded backend (`supabase/local/keys.ts`); a real project sets its own. */
const LOCAL_KEY = 'sb_publishable_convoca_local'

export const SUPABASE_URL: string =
  import.meta.env.VITE_SUPABASE_URL ?? globalThis.location?.origin ?? 'http://127.0.0.1'

export const SUPABASE_KEY: string = import.meta.env.VITE_SUPABASE_KEY ?? LOCAL_KEY
