/** Uploads an object in one request: raw bytes, or a form as supabase-js sends a Blob. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { json } from './http'
import type { StorageCall, Storage } from './storageCall'
import { badRequest, tooLarge, wrongType } from './storageErrors'
import { allows, askUpload, findBucket, metadataOf, type NewObject, putObject } from './storageRows'

interface Upload {
  bytes: Readable
  mime: string
  cacheControl: string
  userMetadata: unknown
  /** As the request declares it; null for a form. */
  size: number | null
}

/** Asks the policies, writes the bytes, then the row. A refusal leaves neither. */
export async function upload(storage: Storage, call: StorageCall, operation: string): Promise<Response> {
  const bucket = await findBucket(storage.pool, call.bucket)
  const caller = await call.caller()
  const { bytes, mime, cacheControl, userMetadata, size } = await open(call.incoming)
  if (!allows(bucket, mime)) throw wrongType(mime)
  if (size !== null && size > bucket.limit) throw tooLarge()
  const version = randomUUID()
  const claimed = { mimetype: mime, ...(size === null ? {} : { contentLength: size }) }
  const object: NewObject = {
    bucket: bucket.id,
    name: call.name,
    version,
    metadata: claimed,
    userMetadata,
    owner: caller.claims.sub ?? null,
  }
  await askUpload(storage.pool, caller, operation, object, call.request.headers.get('x-upsert') === 'true')
  const received = await storage.files.receive(version, bytes, bucket.limit)
  const metadata = metadataOf(version, received, mime, cacheControl)
  const id = await place(storage, operation, { ...object, metadata })
  return json(200, { Id: id, Key: `${bucket.id}/${call.name}` })
}

/** Writes the row of stored bytes and deletes the version it replaces. Deletes the bytes when the row is refused. */
export async function place({ pool, files }: Storage, operation: string, object: NewObject): Promise<string> {
  try {
    const { id, former } = await putObject(pool, operation, object)
    if (former) await files.remove(former)
    return id
  } catch (error) {
    await files.remove(object.version)
    throw error
  }
}

async function open(incoming: IncomingMessage): Promise<Upload> {
  const { headers } = incoming
  const mime = headers['content-type'] ?? 'application/octet-stream'
  if (mime.startsWith('multipart/form-data')) return await openForm(incoming, mime)
  const custom = headers['x-metadata']
  const size = headers['content-length']
  return {
    bytes: incoming,
    mime,
    cacheControl: headers['cache-control'] ?? 'no-cache',
    userMetadata: typeof custom === 'string' ? parse(Buffer.from(custom, 'base64').toString()) : null,
    size: size === undefined ? null : Number(size),
  }
}

/** Reads a form up to its file. Later fields are ignored. */
function openForm(incoming: IncomingMessage, contentType: string): Promise<Upload> {
  return new Promise((done, failed) => {
    const fields: Record<string, string> = {}
    const form = new Busboy({
      headers: { ...incoming.headers, 'content-type': contentType },
      limits: { files: 1, fieldSize: 65_536, fields: 20 },
      isPartAFile: (_field, type, file) => file !== undefined || type === 'application/octet-stream',
    })
    form.on('field', (name, value) => (fields[name] = value))
    form.on('file', (_field, bytes, _file, _encoding, mime) => {
      const cut = () => bytes.destroy(new Error('the request ended before its form'))
      bytes.on('error', () => undefined) // its reader gets the error too
      incoming.once('error', cut)
      form.once('error', cut)
      const { cacheControl, metadata } = fields
      done({
        bytes,
        mime,
        cacheControl: cacheControl ? `max-age=${cacheControl}` : 'no-cache',
        userMetadata: metadata === undefined ? null : parse(metadata),
        size: null,
      })
    })
    form.on('finish', () => failed(badRequest('No file provided'))) // no effect once the file was found
    form.on('error', () => failed(badRequest('The form cannot be read')))
    incoming.pipe(form)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
