/** What a deployment must answer over HTTP: its API, Auth, functions and files. */
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { HOST_CHECKS } from './host'
import { call, type Check, type Deployment, valueOf } from './target'

/** Functions that a schedule calls with the secret. Without it they answer 401. */
export const SCHEDULED = ['sign', 'send-mail', 'verify-media', 'verify-files', 'open-data']

function deployed(status: number): string {
  if (status === 404) return 'no está publicada'
  if (status === 401) return 'pide una sesión: publícala con config.toml, que lo apaga (verify_jwt = false)'
  return status >= 500 ? 'falló: le falta un secreto, o mira su registro' : `contestó ${status}`
}

const post = async (to: Deployment, name: string, headers: Record<string, string> = {}): Promise<number> => {
  const init = { method: 'POST', body: '{}', headers }
  return (await call(to, `/functions/v1/${name}`, to.publishableKey, init)).status
}

/** A function for everybody, which answers 400 to an empty request. */
const answering = (name: string, title: string, advice: string): Check => ({
  title,
  advice,
  look: async (to) => {
    const status = await post(to, name)
    return status === 400 || deployed(status)
  },
})

interface AuthSettings {
  disable_signup?: boolean
  external?: { anonymous_users?: boolean }
}

const API_CHECKS: readonly Check[] = [
  {
    title: 'La API contesta con la llave pública',
    advice: 'Revisa SUPABASE_URL y la llave publicable; el proyecto puede estar en pausa.',
    look: async (to) => {
      const { status } = await call(to, '/rest/v1/rpc/bootstrap', to.publishableKey)
      return status === 200 || `contestó ${status}`
    },
  },
  {
    title: 'La llave secreta administra, y la pública no',
    advice: 'Copia las dos llaves de «API Keys» otra vez: sb_publishable_… y sb_secret_….',
    look: async (to) => {
      const init = { method: 'POST', body: '{"p_limit": 0}' } // takes no letter
      const asked = (key: string) => call(to, '/rest/v1/rpc/take_mail', key, init)
      const [secret, open] = [await asked(to.secretKey), await asked(to.publishableKey)]
      if (open.ok) return 'la llave pública es una secreta: cámbiala, y construye la app otra vez'
      return secret.ok || `a la secreta contestó ${secret.status}`
    },
  },
  {
    title: 'El esquema «app» no está expuesto',
    advice: 'En «API settings» expón solo «public».',
    look: async (to) => {
      const headers = { 'accept-profile': 'app' }
      const { status } = await call(to, '/rest/v1/institution', to.publishableKey, { headers })
      return status >= 400
    },
  },
  {
    title: 'Nadie se registra por su cuenta',
    advice:
      'Corre «supabase config push», o apaga «Allow new users to sign up» y «Allow anonymous sign-ins» en Auth.',
    look: async (to) => {
      const response = await call(to, '/auth/v1/settings', to.publishableKey)
      const settings = (await response.json()) as AuthSettings
      if (settings.external?.anonymous_users) return 'hay cuentas anónimas'
      return settings.disable_signup === true
    },
  },
  {
    title: 'Nadie entra sin cuenta ni sin confirmar su correo',
    advice: 'Apaga «Allow anonymous sign-ins» y enciende «Confirm email» en Auth.',
    look: async (to) => {
      const response = await call(to, '/auth/v1/settings', to.publishableKey)
      const settings = (await response.json()) as {
        mailer_autoconfirm?: boolean
        external?: { anonymous_users?: boolean }
      }
      return settings.mailer_autoconfirm === false && settings.external?.anonymous_users !== true
    },
  },
  {
    title: 'Auth no dice si una cuenta existe',
    advice:
      'Una cuenta inventada no recibió la respuesta de las demás: revisa los ganchos y el captcha de Auth.',
    look: async (to) => {
      const email = `nadie-${crypto.randomUUID()}@deploy-check.invalid`
      const ask = async (path: string, body: object) => {
        const init = { method: 'POST', body: JSON.stringify(body) }
        const response = await call(to, `/auth/v1/${path}`, to.publishableKey, init)
        const { error_code } = (await response.json()) as { error_code?: string }
        return `${response.status}${error_code ? ` ${error_code}` : ''}`
      }
      const signIn = await ask('token?grant_type=password', { email, password: 'ninguna' })
      const recovery = await ask('recover', { email })
      return (
        (signIn === '400 invalid_credentials' && recovery === '200') ||
        `al entrar contestó ${signIn}, al recuperar ${recovery}`
      )
    },
  },
  answering(
    'open-file',
    'El equipo puede abrir los archivos que no son públicos',
    'Publica la función open-file.',
  ),
  answering(
    'accept-invitation',
    'Las invitaciones se pueden aceptar',
    'Publica la función accept-invitation.',
  ),
  answering(
    'unsubscribe',
    'Los correos se pueden dejar con un toque',
    'Pon APP_URL y publica la función unsubscribe.',
  ),
  {
    title: 'Los calendarios pueden suscribirse a las jornadas',
    advice: 'Pon APP_URL y publica la función calendar.',
    look: async (to) => {
      const { status } = await call(to, '/functions/v1/calendar?key=0', to.publishableKey)
      const message = status === 404 ? 'no está publicada, o no lee la base de datos' : deployed(status)
      return status === 404 || message
    },
  },
  {
    title: 'Solo el servicio de correo avisa de correos devueltos',
    advice: 'Publica la función mail-events (docs/deploy.md).',
    look: async (to) => {
      const status = await post(to, 'mail-events')
      return status === 401 || deployed(status)
    },
  },
]

const scheduled = (name: string): Check => ({
  title: `${name} trabaja y solo con su secreto`,
  advice: `Publica ${name}, ponle sus secretos (docs/deploy.md) y llámala cada minuto con JOBS_SECRET en x-jobs-secret.`,
  look: async (to) => {
    const without = await post(to, name)
    if (without !== 401) return deployed(without)
    const status = await post(to, name, secretHeader(to.jobsSecret))
    if (status === 401) return 'rechaza este JOBS_SECRET, o pide una sesión (verify_jwt)'
    return status === 200 || `con el secreto ${deployed(status)}`
  },
})

const LIMIT = `select b.file_size_limit::float8 as value from storage.buckets b where b.id = 'videos-intake'`

/** The API compares the size with its limits before it asks whether anybody announced this file. Nobody did. */
const UPLOADS: Check = {
  title: 'Un video del tamaño permitido cabe',
  advice: 'Sube el límite de archivos del proyecto (Storage → Settings): cuenta el menor de los dos.',
  look: async (to) => {
    const bytes = await valueOf<number>(to, LIMIT)
    const about = { bucketName: 'videos-intake', objectName: crypto.randomUUID(), contentType: 'video/mp4' }
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes),
      'upload-metadata': Object.entries(about)
        .map(([key, value]) => `${key} ${btoa(value)}`)
        .join(','),
    }
    const path = '/storage/v1/upload/resumable'
    const { status } = await call(to, path, to.publishableKey, { method: 'POST', headers })
    if (status === 413) return `no caben ${Math.round(bytes / 1024 / 1024)} MB`
    return status === 403 || `contestó ${status}`
  },
}

export const serviceChecks = ({ appUrl }: Deployment): readonly Check[] => [
  ...API_CHECKS,
  ...SCHEDULED.map(scheduled),
  UPLOADS,
  ...(appUrl === null ? [] : HOST_CHECKS),
]
