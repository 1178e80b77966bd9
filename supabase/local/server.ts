/**
 * The embedded backend: Postgres with our migrations, functions over REST, sign-in, storage, inbox and jobs.
 * Mounted by the Vite plugin, or served on an address of its own beside what else that address serves.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type pg from 'pg'
import { createAuth } from './auth'
import { prepareDatabase } from './database'
import { headOf, json, preflight, sendResponse, toRequest, withCors } from './http'
import { createInbox, type Inbox } from './inbox'
import { createInvitations } from './invitations'
import { type Jobs, startJobs } from './jobs'
import { openPool } from './pool'
import { type PostgresOptions, startPostgres } from './postgres'
import { createRest } from './rest'
import { createStorage, type StorageServer } from './storage'

export interface Backend {
  /** Whether this path is the backend's to answer. */
  owns(pathname: string): boolean
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>
  /** Tells a second start on the same data where this one answers. */
  announce(address: string): Promise<void>
  /** For tests: the database as its owner, `postgres`. */
  readonly databaseUrl: string
  close(): Promise<void>
}

export interface BackendOptions extends PostgresOptions {
  say: (line: string) => void
}

/** Starts everything but the listening. Throws AlreadyRunning when another process has the folder. */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('El servidor incluido es para desarrollo y pruebas: no corre con NODE_ENV=production.')
  }
  const postgres = await startPostgres(options)
  try {
    await prepareDatabase(postgres, { seed: true })
  } catch (error) {
    await postgres.stop()
    throw error
  }
  const requests = openPool(postgres.url('authenticator'), 10, options.say)
  const owner = openPool(postgres.url('postgres'), 4, options.say)
  const inbox = createInbox(path.join(options.folder, 'inbox.jsonl'))
  let address: string | null = null
  const jobs = startJobs(owner, inbox, () => address, options.say)
  const storage = createStorage(requests, options)
  const routes = routesOf({ requests, owner, inbox, jobs })
  return {
    owns: (pathname) => routeOf(pathname) !== null,
    handle: (incoming, outgoing) => respond(routes, storage, incoming, outgoing, options.say),
    announce: (at) => postgres.announce((address = at)),
    databaseUrl: postgres.url('postgres'),
    close: async () => {
      address = null
      storage.close()
      await jobs.stop()
      await Promise.all([requests.end(), owner.end()])
      await postgres.stop()
    },
  }
}

type Routes = Record<string, (request: Request) => Promise<Response> | Response>

interface Parts {
  requests: pg.Pool
  owner: pg.Pool
  inbox: Inbox
  jobs: Jobs
}

function routesOf({ requests, owner, inbox, jobs }: Parts): Routes {
  const rest = createRest(requests)
  const auth = createAuth(owner)
  const functions: Routes = {
    'send-mail': jobs.sendMail,
    'verify-media': jobs.verifyMedia,
    'accept-invitation': createInvitations(rest, auth),
  }
  return {
    rest,
    auth,
    functions: (request) =>
      functions[new URL(request.url).pathname.replace('/functions/v1/', '')]?.(request) ??
      json(404, { message: 'Not found' }),
    inbox: inbox.respond,
  }
}

const routeOf = (pathname: string): string | null =>
  /^\/(rest|auth|functions|storage)\/v1(?:\/|$)/.exec(pathname)?.[1] ??
  (/^\/__inbox(\.json|\.css)?$/.test(pathname) ? 'inbox' : null)

async function respond(
  routes: Routes,
  storage: StorageServer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  say: (line: string) => void,
): Promise<void> {
  const head = headOf(incoming)
  const route = routeOf(new URL(head.url).pathname) ?? ''
  if (head.method === 'OPTIONS' && route !== 'inbox') return await sendResponse(preflight(head), outgoing)
  if (route === 'storage') return await storage.handle(incoming, outgoing)
  const request = await toRequest(incoming)
  if (!request)
    return await sendResponse(withCors(json(413, { message: 'Request body too large' })), outgoing)
  if (route === 'inbox') return await sendResponse(await routes['inbox']!(request), outgoing, incoming.method)
  const response = await Promise.resolve(
    routes[route]?.(request) ?? json(404, { message: 'Not found' }),
  ).catch((error: Error) => {
    say(`${request.method} ${new URL(request.url).pathname}: ${error.message}`)
    return json(500, { message: 'Internal server error' })
  })
  await sendResponse(withCors(response), outgoing, incoming.method)
}

export interface Listening {
  readonly address: string
  close(): Promise<void>
}

/** Serves the backend on 127.0.0.1, and everything else by `otherwise`. Port 0 is any free one. */
export async function listen(
  backend: Backend,
  port: number,
  otherwise?: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    if (!backend.owns(pathname) && otherwise) return otherwise(incoming, outgoing)
    void backend.handle(incoming, outgoing).catch(() => outgoing.destroy()) // the other side hung up
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await backend.announce(address)
  return {
    address,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
