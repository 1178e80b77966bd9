/**
 * The keys of the embedded backend. They open nothing but it, on one's own machine: a real project
 * has its own, and the server refuses to run where NODE_ENV says production.
 */
export const PUBLISHABLE_KEY = 'sb_publishable_convoca_local'
export const SECRET_KEY = 'sb_secret_convoca_local'
export const JWT_SECRET = new TextEncoder().encode('convoca-local-jwt-secret-known-to-everybody-0001')

const demo = (name: string) => ({ email: `${name}@demo.example`, password: `${name}-demo` })

/** The member of staff that `seed.sql` makes to review what is sent. */
export const DEMO_STAFF = demo('moderadora')
/** All of them that a first walk needs, by what they do. */
export const DEMO_LOGINS = {
  'revisa envíos': DEMO_STAFF,
  'campañas y jornadas': demo('coordinacion'),
  'puerta de un día': demo('puerta'),
  'invita al equipo': demo('administracion'),
}
