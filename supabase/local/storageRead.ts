/** Downloads of objects: whole or one range; privately, publicly or by a signed address. */
import { Readable } from 'node:stream'
import type { Storage, StorageCall } from './storageCall'
import { badToken, noBucket, StorageError } from './storageErrors'
import { parseRange, type Span } from './storageRange'
import { findBucket, findObject, type ObjectRow, SERVICE } from './storageRows'

/** Serves a caller who may read the row, and everybody in a public bucket. */
export async function readAsCaller(storage: Storage, call: StorageCall): Promise<Response> {
  const bucket = await findBucket(storage.pool, call.bucket)
  const caller = bucket.public ? SERVICE : await call.caller()
  const operation = 'storage.object.get_authenticated'
  return await serve(
    storage,
    call,
    await findObject(storage.pool, caller, operation, call.bucket, call.name),
    {},
  )
}

export async function readPublic(storage: Storage, call: StorageCall): Promise<Response> {
  const bucket = await findBucket(storage.pool, call.bucket)
  if (!bucket.public) throw noBucket()
  const row = await findObject(storage.pool, SERVICE, 'storage.object.get_public', call.bucket, call.name)
  return await serve(storage, call, row, {})
}

/** Serves whoever holds the token, until it expires. */
export async function readSigned(storage: Storage, call: StorageCall): Promise<Response> {
  const token = new URL(call.request.url).searchParams.get('token') ?? ''
  const read = await storage.tokens.read(token)
  if ('expired' in read || read.claims['url'] !== `${call.bucket}/${call.name}`) throw badToken()
  const row = await findObject(storage.pool, SERVICE, 'storage.object.get_signed', call.bucket, call.name)
  const expires = new Date((read.claims.exp ?? 0) * 1000).toUTCString()
  return await serve(storage, call, row, { expires })
}

async function serve(
  { files }: Storage,
  { request }: StorageCall,
  { version, metadata }: ObjectRow,
  extra: Record<string, string>,
): Promise<Response> {
  const headers = { ...headersOf(metadata, request), ...extra }
  if (request.headers.get('if-none-match') === metadata.eTag)
    return new Response(null, { status: 304, headers })
  const span = parseRange(request.headers.get('range'), metadata.size)
  if (span === 'unsatisfiable')
    throw new StorageError(416, 'InvalidRange', 'The requested range is not satisfiable', {
      'content-range': `bytes */${metadata.size}`,
    })
  const length = span ? span.end - span.start + 1 : metadata.size
  const body = request.method === 'HEAD' ? null : webStream(await files.read(version, span))
  return new Response(body, {
    status: span ? 206 : 200,
    headers: { ...headers, 'content-length': String(length), ...contentRange(span, metadata.size) },
  })
}

/** Node's and the web's types of `ReadableStream` differ; the object is the same. */
const webStream = (bytes: Readable) => Readable.toWeb(bytes) as unknown as ReadableStream<Uint8Array>

const contentRange = (span: Span | null, size: number): Record<string, string> =>
  span ? { 'content-range': `bytes ${span.start}-${span.end}/${size}` } : {}

function headersOf(metadata: ObjectRow['metadata'], request: Request): Record<string, string> {
  const download = new URL(request.url).searchParams.get('download')
  const file = encodeURIComponent(download ?? '')
  return {
    'accept-ranges': 'bytes',
    'content-type': metadata.mimetype.includes('text/html') ? 'text/plain' : metadata.mimetype,
    'x-content-type-options': 'nosniff',
    etag: metadata.eTag,
    'last-modified': new Date(metadata.lastModified).toUTCString(),
    'cache-control': metadata.cacheControl,
    ...(download === null
      ? {}
      : {
          'content-disposition': file
            ? `attachment; filename=${file}; filename*=UTF-8''${file};`
            : 'attachment;',
        }),
  }
}
