/** Which part of the backend answers which path. */
import type pg from 'pg'
import { createAuth } from './auth'
import { createCalendars } from './calendars'
import { json } from './http'
import type { Inbox } from './inbox'
import { createInvitations } from './invitations'
import type { Jobs } from './jobs'
import type { SecretKeys } from './keys'
import { createMailEvents } from './mailEvents'
import { createOpening } from './opening'
import { createRest } from './rest'
import type { Tokens } from './tokens'
import { createUnsubscribing } from './unsubscribing'

export type Serve = (request: Request) => Promise<Response> | Response

/** `storage` reads its bodies itself; the other parts get whole requests. */
export type Route = 'rest' | 'auth' | 'functions' | 'storage' | 'inbox'

/** The part that a path belongs to, or null when it is not the backend's. */
export function routeOf(pathname: string): Route | null {
  const [, api] = /^\/(rest|auth|functions|storage)\/v1(?:\/|$)/u.exec(pathname) ?? []
  if (api !== undefined) return api as Route
  return /^\/__inbox(\.json|\.css)?$/u.test(pathname) ? 'inbox' : null
}

interface Parts {
  /** Connections of `authenticator`. */
  requests: pg.Pool
  /** Connections of `postgres`. */
  owner: pg.Pool
  inbox: Inbox
  jobs: Jobs
  keys: SecretKeys
  tokens: Tokens
  /** Where this backend listens, or null before it does. */
  address: () => string | null
}

/** The handlers of every part but storage. */
export function createRoutes({
  requests,
  owner,
  inbox,
  jobs,
  keys,
  tokens,
  address,
}: Parts): Record<Exclude<Route, 'storage'>, Serve> {
  const rest = createRest(requests, tokens)
  const auth = createAuth(owner, tokens)
  const functions = new Map<string, Serve>([
    ['send-mail', jobs.sendMail],
    ['verify-media', jobs.verifyMedia],
    ['verify-files', jobs.verifyFiles],
    ['open-data', jobs.openData],
    ['accept-invitation', createInvitations(rest, auth, keys.secretKey)],
    ['open-file', createOpening(keys.secretKey, address)],
    ['sign', jobs.sign],
    ['mail-events', createMailEvents(owner, keys.jobsSecret)],
    ['calendar', createCalendars(owner, address)],
    ['unsubscribe', createUnsubscribing(rest, keys.secretKey, address)],
  ])
  return {
    rest,
    auth,
    functions: (request) => {
      const name = new URL(request.url).pathname.replace('/functions/v1/', '')
      return functions.get(name)?.(request) ?? json(404, { message: 'Not found' })
    },
    inbox: inbox.respond,
  }
}
