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
import { createRest } from './rest'
import { createRoutes } from './routes'
import { createSigning } from './signing'
import { createStorage, type StorageServer } from './storage'
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
  /** Starts another storage API than the embedded one, and resolves when it has made its schema. */
  startStorage?: (postgres: Postgres, keys: SecretKeys) => Promise<StorageServer>
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
  const keys = secretKeysIn(options.folder)
  const { postgres: first, storage: given } = await startOnUsableData(options, keys)
  if (options.reset) rmSync(letters, { force: true })
  const postgres = new Supervisor(first, options)
  const requests = openPool(first.url('authenticator'), 10, options.say)
  const owner = openPool(first.url('postgres'), 4, options.say)
  const inbox = createInbox(letters)
  let address: string | null = null
  const tokens = createTokens(keys)
  const sign = createSigning(createRest(requests, tokens), keys, options.folder, () => address)
  const jobs = startJobs(owner, keys, inbox, () => address, options.say, sign)
  const storage = given ?? createStorage(requests, tokens, { ...options, address: () => address })
  const routes = createRoutes({
    requests,
    owner,
    inbox,
    jobs,
    keys,
    tokens,
    address: () => address,
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

interface Prepared {
  postgres: Postgres
  storage: StorageServer | null
}

async function startOnUsableData(options: BackendOptions, keys: SecretKeys): Promise<Prepared> {
  try {
    return await startPrepared(options, keys)
  } catch (error) {
    if (!(error instanceof OldData) || !options.durable) throw error
    options.say(asideWords(options.folder, keepAside(options.folder), error))
    return await startPrepared({ ...options, reset: false }, keys)
  }
}

async function startPrepared(options: BackendOptions, keys: SecretKeys): Promise<Prepared> {
  const { empty, say, startStorage } = options
  const postgres = await startPostgres(options)
  let storage: StorageServer | null = null
  const prepareStorage = startStorage && {
    prepareStorage: async () => {
      storage = await startStorage(postgres, keys)
    },
  }
  try {
    await prepareDatabase(postgres, { seed: !empty, say, ...prepareStorage })
    return { postgres, storage }
  } catch (error) {
    ;(storage as StorageServer | null)?.close()
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
