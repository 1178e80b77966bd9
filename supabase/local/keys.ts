/**
 * The keys and passwords of the embedded backend. The passwords of the demonstration are public. What opens more than
 * that is random for each data folder, because a tunnel may show this backend to strangers.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import webPush from 'web-push'

export const PUBLISHABLE_KEY = 'sb_publishable_convoca_local'

export interface SecretKeys {
  /** The key of `service_role`. */
  secretKey: string
  /** What a schedule shows to the functions that it calls. */
  jobsSecret: string
  /** Signs tokens and temporary addresses. */
  jwtSecret: string
  /** Signs pushes to phones (VAPID). */
  pushKeys: { publicKey: string; privateKey: string }
}

/** The secret keys of this data folder, readable by its owner only. The first call makes them, and a later one what it lacks. */
export function secretKeysIn(folder: string): SecretKeys {
  const file = path.join(folder, 'keys.json')
  mkdirSync(folder, { recursive: true })
  const kept: Partial<SecretKeys> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const keys = { ...makeSecretKeys(), ...kept }
  if (!kept.pushKeys) writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}

function makeSecretKeys(): SecretKeys {
  const random = () => randomBytes(32).toString('base64url')
  return {
    secretKey: `sb_secret_${random()}`,
    jobsSecret: random(),
    jwtSecret: random(),
    pushKeys: webPush.generateVAPIDKeys(),
  }
}

const demo = (name: string) => ({ email: `${name}@demo.example`, password: `${name}-demo` })

/** The person whom an empty project invites at its start. */
export const FIRST_ADMIN = { email: 'administracion@institucion.example', name: 'Administración' }

/** The seeded member of staff who reviews submissions. */
export const DEMO_STAFF = demo('moderadora')
/** The seeded member of staff who writes campaigns and announces changes of days. */
export const DEMO_COORDINATOR = demo('coordinacion')
/** The seeded administrator, who approves what the coordination wrote. */
export const DEMO_ADMIN = demo('administracion')
/** The jurors of the demonstration's closed call for videos (`demo/jurors.ts`). */
export const DEMO_JURORS = [demo('jurado1'), demo('jurado2'), demo('jurado3')]
/** The seeded logins that `npm start` prints, by what they do. */
export const DEMO_LOGINS = {
  'revisa envíos': DEMO_STAFF,
  'campañas y jornadas': DEMO_COORDINATOR,
  'puerta de un día': demo('puerta'),
  'invita al equipo': DEMO_ADMIN,
  'lee todo, no decide': demo('auditoria'),
  'califica videos a ciegas': DEMO_JURORS[0]!,
}
