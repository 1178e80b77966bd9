/**
 * The embedded backend: Postgres with our migrations, functions over REST, sign-in, storage, inbox and jobs.
 * The Vite plugin mounts it; `listen` serves it on an address of its own.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { createAnswer, type Otherwise, refuseTunnels } from './answer'
import { prepareDatabase } from './database'
import { createInbox } from './inbox'
import { secretKeysIn, type SecretKeys } from './keys'
import { startJobs } from './jobs'
import { asideWords, keepAside, OldData } from './oldData'
import { openPool } from './pool'
import { type Postgres, startPostgres } from './postgres'
import { createRoutes } from './routes'
import { createStorage } from './storage'
import { createTokens } from './tokens'
import { Supervisor, type SupervisorOptions } from './supervisor'

export interface Backend {
  /** Answers the request, or lets `otherwise` answer it when the path is not the backend's. Never rejects. */
  handle(incoming: IncomingMessage, outgoing: ServerResponse, otherwise?: Otherwise): Promise<void>
  /** Tells a second start on the same data at which address this one answers. */
  announce(address: string): Promise<void>
  /** The database as its owner, `postgres`: for the demonstration and for tests. */
  readonly databaseUrl: string
  readonly keys: SecretKeys
  close(): Promise<void>
}

export interface BackendOptions extends SupervisorOptions {
  /** Leaves out the demonstration: a project that nobody has used. */
  empty?: boolean
}

/**
 * Starts everything but the listening. Durable data of an older version are kept aside and new data begin.
 * Throws AlreadyRunning when another process owns the folder.
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('El servidor incluido es para desarrollo y pruebas: no corre con NODE_ENV=production.')
  }
  const letters = path.join(options.folder, 'inbox.jsonl')
  const first = await startOnUsableData(options)
  if (options.reset) rmSync(letters, { force: true })
  const postgres = new Supervisor(first, options)
  const requests = openPool(first.url('authenticator'), 10, options.say)
  const owner = openPool(first.url('postgres'), 4, options.say)
  const inbox = createInbox(letters)
  let address: string | null = null
  const keys = secretKeysIn(options.folder)
  const tokens = createTokens(keys)
  const jobs = startJobs(owner, keys, inbox, () => address, options.say)
  const storage = createStorage(requests, tokens, { ...options, address: () => address })
  const routes = createRoutes({
    requests,
    owner,
    inbox,
    jobs,
    keys,
    tokens,
    address: () => address,
    folder: options.folder,
  })
  return {
    handle: createAnswer({ routes, storage, isUp: () => postgres.isUp, say: options.say }),
    announce: (at) => postgres.announce((address = at)),
    databaseUrl: first.url('postgres'),
    keys,
    close: async () => {
      address = null
      storage.close()
      await jobs.stop()
      await Promise.all([requests.end(), owner.end()])
      await postgres.stop()
    },
  }
}

async function startOnUsableData(options: BackendOptions): Promise<Postgres> {
  try {
    return await startPrepared(options)
  } catch (error) {
    if (!(error instanceof OldData) || !options.durable) throw error
    options.say(asideWords(options.folder, keepAside(options.folder), error))
    return await startPrepared({ ...options, reset: false })
  }
}

async function startPrepared(options: BackendOptions): Promise<Postgres> {
  const postgres = await startPostgres(options)
  try {
    await prepareDatabase(postgres, { seed: !options.empty, say: options.say })
    return postgres
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

export interface Listening {
  readonly address: string
  close(): Promise<void>
}

/** Serves the backend on 127.0.0.1, and everything else by `otherwise`. Port 0 is any free one. */
export async function listen(backend: Backend, port: number, otherwise?: Otherwise): Promise<Listening> {
  const server = createServer((incoming, outgoing) => void backend.handle(incoming, outgoing, otherwise))
  refuseTunnels(server)
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
