/**
 * `/storage/v1` in the storage API's dialect, as far as the app and supabase-js use it. Policies decide, asked with
 * the caller's role and `storage.operation` set. Bytes stream between network and disk.
 */
import { rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type pg from 'pg'
import { describeFault } from './faults'
import { headOf, json, sendResponse, withCors } from './http'
import { callerOf, type Storage, type StorageCall, TurnedAway } from './storageCall'
import { badRequest, refusal } from './storageErrors'
import { createFiles } from './storageFiles'
import { copy, list, removeMany, removeOne, sign } from './storageObjects'
import { readAsCaller, readPublic, readSigned } from './storageRead'
import { createResumable, RESUMABLE } from './storageTus'
import { createUploadToken, uploadByToken } from './storageTokens'
import { upload } from './storageUpload'
import type { Tokens } from './tokens'

type Route = (storage: Storage, call: StorageCall) => Promise<Response>

/** The first match serves. Groups are the bucket and, where there is one, the object's name. */
const ROUTES: [methods: string, pattern: RegExp, route: Route][] = [
  ['POST', /^upload\/sign\/([^/]+)\/(.+)$/, createUploadToken],
  ['PUT', /^upload\/sign\/([^/]+)\/(.+)$/, uploadByToken],
  ['POST', /^sign\/([^/]+)\/(.+)$/, sign],
  ['GET HEAD', /^sign\/([^/]+)\/(.+)$/, readSigned],
  ['GET HEAD', /^public\/([^/]+)\/(.+)$/, readPublic],
  ['GET HEAD', /^authenticated\/([^/]+)\/(.+)$/, readAsCaller],
  ['POST', /^list\/([^/]+)$/, list],
  ['POST', /^copy$/, copy],
  ['POST', /^([^/]+)\/(.+)$/, (storage, call) => upload(storage, call, 'storage.object.upload')],
  ['GET HEAD', /^([^/]+)\/(.+)$/, readAsCaller],
  ['DELETE', /^([^/]+)\/(.+)$/, removeOne],
  ['DELETE', /^([^/]+)$/, removeMany],
]

export interface StorageServer {
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>
  close(): void
}

interface StorageOptions {
  folder: string
  durable: boolean
  reset?: boolean
  say: (line: string) => void
  /** Where this backend answers, or null before it does. */
  address: () => string | null
}

/** Keeps the bytes in `storage` of the folder. `reset` deletes them first, as it does the rows that name them. */
export function createStorage(
  pool: pg.Pool,
  tokens: Tokens,
  { folder, durable, reset, say, address }: StorageOptions,
): StorageServer {
  if (reset) rmSync(path.join(folder, 'storage'), { recursive: true, force: true })
  const storage: Storage = { pool, files: createFiles(folder, durable), tokens }
  const resumable = createResumable(storage, say, address)
  return {
    handle: async (incoming, outgoing) => {
      const request = headOf(incoming)
      const { pathname } = new URL(request.url)
      const isResumable = pathname.startsWith(RESUMABLE)
      const answer = isResumable ? turnedAway(storage, request) : respond(storage, request, incoming)
      const response = await answer.catch((error: unknown) => {
        if (!incoming.errored) say(`${request.method} /storage: ${describeFault(error)}`)
        return json(500, { statusCode: '500', error: 'Internal', message: 'Internal Server Error' })
      })
      if (!response) return await resumable.handle(incoming, outgoing)
      await sendResponse(withCors(response), outgoing, request.method)
      incoming.unpipe().resume() // reads on what a refusal left unread
    },
    close: resumable.close,
  }
}

/** The refusal of a caller whose key or token is wrong, before tus reads the request. Null for any other caller. */
const turnedAway = (storage: Storage, request: Request): Promise<Response | null> =>
  callerOf(storage, request).then(
    () => null,
    (error: unknown) => {
      if (error instanceof TurnedAway) return error.response
      throw error
    },
  )

async function respond(storage: Storage, request: Request, incoming: IncomingMessage): Promise<Response> {
  try {
    const [, asked = ''] = /^\/storage\/v1\/object\/(.+)$/.exec(decoded(new URL(request.url).pathname)) ?? []
    for (const [methods, pattern, route] of ROUTES) {
      const found = methods.split(' ').includes(request.method) ? pattern.exec(asked) : null
      if (!found) continue
      const [, bucket = '', name = ''] = found
      return await route(storage, {
        request,
        incoming,
        bucket,
        name,
        caller: () => callerOf(storage, request),
      })
    }
    return json(404, {
      statusCode: '404',
      error: 'Not Found',
      message: `Route ${request.method}:${new URL(request.url).pathname} not found`,
    })
  } catch (error) {
    return error instanceof TurnedAway ? error.response : refusal(error)
  }
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    throw badRequest('The address cannot be read')
  }
}
