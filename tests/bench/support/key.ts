/** The anonymous key of the embedded backend. */
export const KEY = 'sb_publishable_convoca_local'
