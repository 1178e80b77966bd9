/** What a deployment must answer over HTTP: its API, Auth, functions and files, and the host of the app. */
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { call, type Check, type Deployment } from './target'

/** Functions that a schedule calls with the secret, which answer 401 without it. */
export const SCHEDULED = ['send-mail', 'verify-media', 'verify-files']

const deployed = (status: number) =>
  status === 404 ? 'no está publicada' : status >= 500 ? 'falló: le falta un secreto' : `contestó ${status}`

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
  answering(
    'sign',
    'Los documentos se pueden firmar',
    'Pon SIGNING_KEYS y publica la función sign (docs/deploy.md).',
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
]

const scheduled = (name: string): Check => ({
  title: `${name} trabaja y solo con su secreto`,
  advice: `Publica ${name}, ponle JOBS_SECRET y llámala cada minuto con la cabecera x-jobs-secret.`,
  look: async (to) => {
    const without = await post(to, name)
    if (without !== 401) return deployed(without)
    const status = await post(to, name, secretHeader(to.jobsSecret))
    return status === 200 || `con el secreto contestó ${status}`
  },
})

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
