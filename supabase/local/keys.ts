/**
 * The keys of the embedded backend. They open nothing but it, on one's own machine: a real project
 * has its own, and the server refuses to run where NODE_ENV says production.
 */
export const PUBLISHABLE_KEY = 'sb_publishable_convoca_local'
export const SECRET_KEY = 'sb_secret_convoca_local'
export const JWT_SECRET = new TextEncoder().encode('convoca-local-jwt-secret-known-to-everybody-0001')

/** The member of staff that `seed.sql` makes for trying out. */
export const DEMO_STAFF = { email: 'moderadora@demo.example', password: 'moderadora-demo' }
