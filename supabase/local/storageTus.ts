/**
 * Resumable uploads (tus) as the storage API serves them: it asks the policies at creation and at each chunk, not at
 * HEAD, and performs the last step with its own rights. The statuses are those that the app relies on. Unlike the storage
 * API, it takes the method of a chunk from X-HTTP-Method-Override (tus 1.0), as a gateway before the storage API can.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import { ERRORS, Metadata, Server, type ServerOptions, type Upload } from '@tus/server'
import { describeFault } from './faults'
import { callerOf, type Storage } from './storageCall'
import { asStorageError, badRequest, wrongType } from './storageErrors'
import { allows, askUpload, findBucket, metadataOf, type NewObject } from './storageRows'
import { place } from './storageUpload'
import type { Caller } from './tokens'

export const RESUMABLE = '/storage/v1/upload/resumable'

const LIFE_MS = 24 * 3600 * 1000
const SWEEP_MS = 3600 * 1000
/** How long a chunk may go on when another request wants the same upload: its connection is usually dead. */
const DRAIN_MS = 1000
/** Uploads of one object that may be open at a time: a phone that loses an answer begins anew, and some do so twice. */
const MAX_OPEN = 5

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
const ADDRESS = new RegExp(`^.+/.+/(${UUID.source})$`)

const OPERATIONS: Record<string, string> = {
  PATCH: 'storage.tus.upload.part',
  DELETE: 'storage.tus.upload.delete',
}

interface Resumable {
  /** Removes what has not arrived within a day. The backend does so when it starts and each hour. */
  sweep(): Promise<unknown>
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>
  close(): void
}

/** `origin`: where this backend answers, or null before it does. */
export function createResumable(
  storage: Storage,
  say: (line: string) => void,
  origin: () => string | null,
): Resumable {
  const store = new FileStore({ directory: storage.files.parts, expirationPeriodInMilliseconds: LIFE_MS })
  const server = new Server({ ...addressesBelow(origin), ...hooks(storage, store, say), datastore: store })
  let sweeping: Promise<unknown> | null = null // of two at a time, one does not find what the other deletes, and nobody catches it
  const sweep = () =>
    (sweeping ??= server
      .cleanUpExpiredUploads()
      .catch((error: Error) => say(`Subidas: ${error.message}`))
      .finally(() => (sweeping = null)))
  void sweep()
  const timer = setInterval(() => void sweep(), SWEEP_MS).unref()
  return {
    sweep,
    handle: (incoming, outgoing) => {
      if (incoming.method === 'POST' && incoming.headers['x-http-method-override'] === 'PATCH')
        incoming.method = 'PATCH'
      return server.handle(incoming, outgoing)
    },
    close: () => clearInterval(timer),
  }
}

/**
 * An address is `<bucket>/<name>/<version>` in base64url, below the address where this backend answers: no header of a
 * request chooses where the next one goes. The upload's id becomes the object's version.
 */
const addressesBelow = (origin: () => string | null) =>
  ({
    path: RESUMABLE,
    exposedHeaders: ['Upload-Expires', 'Tus-Complete'],
    disableTerminationForFinishedUploads: true,
    lockDrainTimeout: DRAIN_MS,
    namingFunction: () => randomUUID(),
    generateUrl: (request, { path, id }) => {
      const { bucketName, objectName } = Metadata.parse(request.headers.get('upload-metadata') ?? undefined)
      const address = Buffer.from(`${bucketName}/${objectName}/${id}`).toString('base64url')
      return `${origin() ?? ''}${path}/${address}`
    },
    getFileIdFromRequest: (_request, last = '') =>
      ADDRESS.exec(Buffer.from(last, 'base64url').toString())?.[1],
  }) satisfies Partial<ServerOptions>

/**
 * The one upload of each object that holds bytes: the one that began to receive them last. Whoever lost an address begins
 * anew, and what came before gives its space back. Otherwise an announced file of 100 MB would take as much as anybody likes.
 */
function createLive(store: FileStore) {
  const holders = new Map<string, string>()
  const opened = new Map<string, string[]>()
  const nameOf = ({ metadata }: Upload) => `${metadata?.['bucketName']}/${metadata?.['objectName']}`
  return {
    /** Ends the oldest uploads of the object beyond the few that may be open, apart from the one that holds bytes. */
    async open(upload: Upload): Promise<void> {
      const open = [...(opened.get(nameOf(upload)) ?? []), upload.id]
      opened.set(nameOf(upload), open.slice(-MAX_OPEN))
      for (const id of open.slice(0, -MAX_OPEN))
        if (id !== holders.get(nameOf(upload))) await store.remove(id).catch(() => undefined)
    },
    async receive(upload: Upload): Promise<void> {
      const name = nameOf(upload)
      if (holders.get(name) === upload.id) return
      holders.set(name, upload.id)
      for (const id of (await store.configstore.list?.()) ?? []) {
        const other = await store.getUpload(id).catch(() => null)
        if (other && other.offset > 0 && other.id !== holders.get(name) && nameOf(other) === name)
          await store.remove(id).catch(() => undefined) // another request removed it
      }
    },
    end: (upload: Upload) => void (holders.delete(nameOf(upload)), opened.delete(nameOf(upload))),
  }
}

const hooks = (storage: Storage, store: FileStore, say: (line: string) => void, live = createLive(store)) =>
  ({
    maxSize: async (request, id) => {
      if (request.method !== 'POST' || !id) return 0 // no limit: creation has checked the size
      const { bucketName } = Metadata.parse(request.headers.get('upload-metadata') ?? undefined)
      return (await findBucket(storage.pool, bucketName ?? '')).limit
    },
    onIncomingRequest: async (request, id) => {
      const operation = OPERATIONS[request.method]
      if (request.method === 'POST') return // onUploadCreate asks, because it knows the metadata
      const upload = await store.getUpload(id).catch(() => {
        throw ERRORS.FILE_NO_LONGER_EXISTS // a known address whose upload expired
      })
      if (operation) await ask(storage, request, operation, upload)
      if (request.method === 'PATCH') await live.receive(upload)
    },
    onUploadCreate: async (request, upload) => {
      const { bucketName, objectName, contentType } = upload.metadata ?? {}
      if (!bucketName || !objectName) throw badRequest('bucketName and objectName are required')
      const bucket = await findBucket(storage.pool, bucketName)
      await ask(storage, request, 'storage.tus.upload.create', upload)
      if (contentType && !allows(bucket, contentType)) throw wrongType(contentType)
      await live.open(upload)
      if (request.headers.get('content-type')) await live.receive(upload) // its first bytes come along
      return {}
    },
    onUploadFinish: async (request, upload) => {
      live.end(upload)
      return await finish(storage, request, upload)
    },
    onResponseError: async (request, error) => {
      if (!(error instanceof Error)) return error
      const refused = asStorageError(error)
      if (refused) return { status_code: refused.status, body: refused.message }
      say(`${request.method} /storage: ${describeFault(error)}`)
      return { status_code: 500, body: 'Internal Server Error' }
    },
  }) satisfies Partial<ServerOptions>

/** Asks the policies about this object, as far as it is known before its last byte. */
async function ask(storage: Storage, request: Request, operation: string, upload: Upload): Promise<void> {
  const caller = await callerOf(storage, request)
  const { contentType } = upload.metadata ?? {}
  const claimed = {
    ...(contentType ? { mimetype: contentType } : {}),
    ...(upload.size === undefined ? {} : { contentLength: upload.size }),
  }
  const upsert = request.headers.get('x-upsert') === 'true'
  await askUpload(storage.pool, caller, operation, objectOf(upload, caller, claimed), upsert)
}

async function finish(storage: Storage, request: Request, upload: Upload) {
  await storage.files.adopt(upload.id, path.join(storage.files.parts, upload.id)).catch(() => {
    throw { status_code: 403, body: 'upload closed' } // another upload took its place during this last chunk
  })
  await place(storage, 'storage.tus.upload.part', finished(upload, await callerOf(storage, request)))
  return { headers: { 'Tus-Complete': '1' } }
}

function finished(upload: Upload, caller: Caller): NewObject {
  const { contentType, cacheControl } = upload.metadata ?? {}
  const cached = /^\d+$/.test(cacheControl ?? '') ? `max-age=${cacheControl}` : 'no-cache'
  const type = contentType ?? 'application/octet-stream'
  return objectOf(upload, caller, metadataOf(upload.id, upload.size ?? 0, type, cached))
}

const objectOf = (upload: Upload, { claims }: Caller, metadata: NewObject['metadata']): NewObject => ({
  bucket: upload.metadata?.['bucketName'] ?? '',
  name: upload.metadata?.['objectName'] ?? '',
  version: upload.id,
  metadata,
  userMetadata: customOf(upload.metadata?.['metadata']),
  owner: claims.sub ?? null,
})

function customOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
