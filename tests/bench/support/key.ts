/** What the embedded backend takes as an anonymous caller's key. */
export const KEY = 'sb_publishable_convoca_local'
