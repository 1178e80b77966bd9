/** Signed addresses, copies, lists and deletion of stored objects. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { json } from './http'
import { jsonBody, type Storage, type StorageCall, textOf, textsOf } from './storageCall'
import { badRequest, noObject } from './storageErrors'
import { asCaller, askUpload, findBucket, findObject, metadataOf, type NewObject } from './storageRows'
import { place } from './storageUpload'

/** Answers a temporary address to a caller who may read the object now. */
export async function sign({ pool, tokens }: Storage, call: StorageCall): Promise<Response> {
  const { expiresIn } = await jsonBody(call.incoming)
  if (typeof expiresIn !== 'number' || !(expiresIn >= 1)) throw badRequest('body/expiresIn must be >= 1')
  await findObject(pool, await call.caller(), 'storage.object.sign', call.bucket, call.name)
  const url = `${call.bucket}/${call.name}`
  const now = Math.floor(Date.now() / 1000)
  const token = await tokens.sign({ url, iat: now, exp: now + Math.floor(expiresIn) })
  return json(200, { signedURL: `/object/sign/${url}?token=${token}` })
}

/** Copies an object for a caller who may read the source and upload the target. */
export async function copy(storage: Storage, call: StorageCall): Promise<Response> {
  const operation = 'storage.object.copy'
  const body = await jsonBody(call.incoming)
  const [bucket, from, name] = [
    textOf(body, 'bucketId'),
    textOf(body, 'sourceKey'),
    textOf(body, 'destinationKey'),
  ]
  const target = await findBucket(storage.pool, String(body['destinationBucket'] ?? bucket))
  const caller = await call.caller()
  const source = await findObject(storage.pool, caller, operation, bucket, from)
  const version = randomUUID()
  const { size, mimetype, cacheControl } = source.metadata
  const copied: NewObject = {
    bucket: target.id,
    name,
    version,
    metadata: metadataOf(version, size, mimetype, cacheControl),
    userMetadata: source.user_metadata,
    owner: caller.claims.sub ?? null,
  }
  const upsert = call.request.headers.get('x-upsert') === 'true'
  await askUpload(storage.pool, caller, operation, copied, upsert)
  await storage.files.copy(source.version, version)
  const id = await place(storage, operation, copied)
  return json(200, { Id: id, Key: `${target.id}/${name}` })
}

interface Deleted {
  name: string
  version: string
}

/** Deletes what this caller may delete and answers those rows. Refused names are missing, like unknown ones. */
export async function removeMany(storage: Storage, call: StorageCall): Promise<Response> {
  const names = textsOf(await jsonBody(call.incoming), 'prefixes')
  return json(200, await remove(storage, call, 'storage.object.delete_many', names))
}

export async function removeOne(storage: Storage, call: StorageCall): Promise<Response> {
  const gone = await remove(storage, call, 'storage.object.delete', [call.name])
  if (gone.length === 0) throw noObject()
  return json(200, { message: 'Successfully deleted' })
}

async function remove(
  { pool, files }: Storage,
  call: StorageCall,
  operation: string,
  names: string[],
): Promise<Deleted[]> {
  const { rows } = await asCaller(pool, await call.caller(), operation, (client) =>
    client.query<Deleted>(
      'delete from storage.objects where bucket_id = $1 and name = any ($2::text[]) returning *',
      [call.bucket, names],
    ),
  )
  for (const { version } of rows) {
    await files.remove(version)
    const part = path.join(files.parts, version) // a finished resumable upload keeps them for a late HEAD
    await rm(part, { force: true })
    await rm(`${part}.json`, { force: true })
  }
  return rows
}

/** Lists one level of a «folder»: its objects, and its folders with null in every column but the name. */
export async function list({ pool }: Storage, call: StorageCall): Promise<Response> {
  const { prefix = '', limit = 100, offset = 0, search = '' } = await jsonBody(call.incoming)
  const folder = String(prefix) === '' ? '' : `${String(prefix).replace(/\/+$/, '')}/`
  const { rows } = await asCaller(pool, await call.caller(), 'storage.object.list', (client) =>
    client.query(LIST, [call.bucket, folder, Number(limit), Number(offset), String(search)]),
  )
  return json(200, rows)
}

const LIST = `
  select l.entry as name, o.id, o.updated_at, o.created_at, o.last_accessed_at, o.metadata
  from (
    select split_part(r.rest, '/', 1) as entry, position('/' in r.rest) > 0 as is_folder
    from (select substr(name, length($2) + 1) as rest from storage.objects
      where bucket_id = $1 and starts_with(name, $2)) r
    group by 1, 2
  ) l
  left join storage.objects o on not l.is_folder and o.bucket_id = $1 and o.name = $2 || l.entry
  where starts_with(lower(l.entry), lower($5))
  order by l.entry limit $3 offset $4`
