/** What the host of the app must answer. */
import { call, type Check, type Deployment } from './target'

/** The directives of the host's policy that must name the project when it is another origin. */
const OTHER_ORIGIN = ['connect-src', 'media-src', 'img-src']

const ask = ({ appUrl }: Deployment, path: string): Promise<Response> =>
  fetch(new URL(path, appUrl!), { signal: AbortSignal.timeout(20_000), headers: { accept: 'text/html' } })

const HEADERS: Check = {
  title: 'La app se sirve con sus cabeceras',
  advice: 'Sirve dist/ con public/_headers, y nombra el proyecto en connect-src, media-src e img-src.',
  look: async (to) => {
    const { ok, status, headers } = await ask(to, '/')
    if (!ok) return `contestó ${status}`
    const policy = headers.get('content-security-policy') ?? ''
    if (!policy) return 'no manda Content-Security-Policy'
    const isOther = new URL(to.appUrl!).origin !== new URL(to.url).origin
    const silent = OTHER_ORIGIN.filter(
      (name) =>
        isOther && !policy.split(';').some((part) => part.trim().startsWith(name) && part.includes(to.url)),
    )
    if (silent.length > 0) return `no nombra el proyecto en ${silent.join(', ')}`
    return headers.has('strict-transport-security') || 'no manda Strict-Transport-Security'
  },
}

const PAGES: Check = {
  title: 'Cada página de la app abre desde su enlace',
  advice: 'Configura el host para que conteste index.html a lo que no es archivo (public/_redirects).',
  look: async (to) => {
    const { status, headers } = await ask(to, '/equipo/invitacion')
    if (status !== 200) return `/equipo/invitacion contestó ${status}`
    return (headers.get('content-type') ?? '').includes('text/html') || 'contestó algo que no es una página'
  },
}

const FRESH: Check = {
  title: 'Una versión nueva llega a los teléfonos',
  advice: 'Manda «Cache-Control: no-cache» en /, /index.html y /sw.js (public/_headers).',
  look: async (to) => {
    const old: string[] = []
    for (const path of ['/', '/sw.js']) {
      const { ok, headers } = await ask(to, path)
      if (!ok || !/no-cache|no-store|max-age=0/u.test(headers.get('cache-control') ?? '')) old.push(path)
    }
    return old.length === 0 || `se guarda o falta ${old.join(' y ')}`
  },
}

/** Auth sends whoever opens an invalid link to the address of the app that it knows. */
const LETTERS: Check = {
  title: 'Los enlaces de los correos de Auth llevan a la app',
  advice:
    'Corre «APP_URL=… supabase config push», o escribe la dirección en Auth → URL Configuration → Site URL.',
  look: async (to) => {
    const path = '/auth/v1/verify?type=recovery&token=none'
    const { status, headers } = await call(to, path, to.publishableKey, { redirect: 'manual' })
    const place = headers.get('location')
    if (!place) return `Auth contestó ${status}`
    return new URL(place).origin === new URL(to.appUrl!).origin || `llevan a ${new URL(place).origin}`
  },
}

export const HOST_CHECKS: readonly Check[] = [HEADERS, PAGES, FRESH, LETTERS]
