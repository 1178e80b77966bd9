/**
 * The public keys and passwords of the embedded backend. They open only that backend, on one's own machine: a real
 * project has its own, and the server refuses to run with NODE_ENV=production.
 */
export const PUBLISHABLE_KEY = 'sb_publishable_convoca_local'
export const SECRET_KEY = 'sb_secret_convoca_local'
export const JWT_SECRET = new TextEncoder().encode('convoca-local-jwt-secret-known-to-everybody-0001')

const demo = (name: string) => ({ email: `${name}@demo.example`, password: `${name}-demo` })

/** The person whom an empty project invites at its start. */
export const FIRST_ADMIN = { email: 'administracion@institucion.example', name: 'Administración' }

/** The seeded member of staff who reviews submissions. */
export const DEMO_STAFF = demo('moderadora')
/** The seeded member of staff who writes campaigns and announces changes of days. */
export const DEMO_COORDINATOR = demo('coordinacion')
/** The seeded logins that `npm start` prints, by what they do. */
export const DEMO_LOGINS = {
  'revisa envíos': DEMO_STAFF,
  'campañas y jornadas': DEMO_COORDINATOR,
  'puerta de un día': demo('puerta'),
  'invita al equipo': demo('administracion'),
  'lee todo, no decide': demo('auditoria'),
}
