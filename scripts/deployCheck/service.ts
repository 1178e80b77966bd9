/** What a deployment must answer over HTTP: its API, Auth, functions and files, and the host of the app. */
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { call, type Check, type Deployment } from './target'

/** Functions that a schedule calls with the secret, which answer 401 without it. */
const SCHEDULED = ['send-mail', 'verify-media', 'verify-files']

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
    advice: 'Apaga «Allow new users to sign up» en Auth.',
    look: async (to) => {
      const response = await call(to, '/auth/v1/settings', to.publishableKey)
      return ((await response.json()) as { disable_signup?: boolean }).disable_signup === true
    },
  },
  {
    title: 'Los documentos se pueden firmar',
    advice: 'Pon SIGNING_KEYS y publica la función sign (docs/deploy.md).',
    look: async (to) => {
      const { status } = await call(to, '/functions/v1/sign', to.publishableKey, {
        method: 'POST',
        body: '{}',
      })
      return status === 400 || deployed(status)
    },
  },
  {
    title: 'Las invitaciones se pueden aceptar',
    advice: 'Publica la función accept-invitation.',
    look: async (to) => {
      const path = '/functions/v1/accept-invitation'
      const { status } = await call(to, path, to.publishableKey, { method: 'POST', body: '{}' })
      return status === 400 || deployed(status)
    },
  },
  {
    title: 'Los correos se pueden dejar con un toque',
    advice: 'Pon APP_URL y publica la función unsubscribe.',
    look: async (to) => {
      const path = '/functions/v1/unsubscribe'
      const { status } = await call(to, path, to.publishableKey, { method: 'POST', body: '{}' })
      return status === 400 || deployed(status)
    },
  },
]

const scheduled = (name: string): Check => ({
  title: `${name} trabaja y solo con su secreto`,
  advice: `Publica ${name}, ponle JOBS_SECRET y llámala cada minuto con la cabecera x-jobs-secret.`,
  look: async (to) => {
    const post = async (headers: Record<string, string>) =>
      (await call(to, `/functions/v1/${name}`, to.publishableKey, { method: 'POST', body: '{}', headers }))
        .status
    const without = await post({})
    if (without !== 401) return deployed(without)
    const status = await post(secretHeader(to.jobsSecret))
    return status === 200 || `con el secreto contestó ${status}`
  },
})

const deployed = (status: number) =>
  status === 404 ? 'no está publicada' : status >= 500 ? 'falló: le falta un secreto' : `contestó ${status}`

/** The directives of the host's policy that must name the project when it is another origin. */
const OTHER_ORIGIN = ['connect-src', 'media-src', 'img-src']

const HOST: Check = {
  title: 'La app se sirve con sus cabeceras',
  advice: 'Sirve dist/ con public/_headers, y nombra el proyecto en connect-src, media-src e img-src.',
  look: async ({ appUrl, url }: Deployment) => {
    const { headers } = await fetch(appUrl!, { signal: AbortSignal.timeout(20_000) })
    const policy = headers.get('content-security-policy') ?? ''
    if (!policy) return 'no manda Content-Security-Policy'
    const isOther = new URL(appUrl!).origin !== new URL(url).origin
    const silent = OTHER_ORIGIN.filter(
      (name) =>
        isOther && !policy.split(';').some((part) => part.trim().startsWith(name) && part.includes(url)),
    )
    if (silent.length > 0) return `no nombra el proyecto en ${silent.join(', ')}`
    return headers.has('strict-transport-security') || 'no manda Strict-Transport-Security'
  },
}

export const serviceChecks = ({ appUrl }: Deployment): readonly Check[] => [
  ...API_CHECKS,
  ...SCHEDULED.map(scheduled),
  ...(appUrl === null ? [] : [HOST]),
]
