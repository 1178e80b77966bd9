/** Rows of `storage.buckets` and `storage.objects`, read and written with the caller's rights. */
import type pg from 'pg'
import { withTransaction } from './pool'
import { noBucket, noObject } from './storageErrors'
import type { Caller } from './tokens'

export const SERVICE: Caller = { role: 'service_role', claims: { role: 'service_role' } }

/** The whole project's limit (`config.toml`, storage.file_size_limit); a bucket may set a lower one. */
const FILE_SIZE_LIMIT = 300 * 1024 * 1024

export interface Bucket {
  id: string
  public: boolean
  limit: number
  allowed_mime_types: string[] | null
}

/** As the API keeps it in `storage.objects.metadata`. */
export interface Metadata {
  eTag: string
  size: number
  contentLength: number
  mimetype: string
  cacheControl: string
  lastModified: string
  httpStatusCode: number
}

export interface NewObject {
  bucket: string
  name: string
  version: string
  metadata: Partial<Metadata>
  userMetadata: unknown
  /** The `sub` of the uploader. */
  owner: string | null
}

export interface ObjectRow {
  id: string
  version: string
  metadata: Metadata
  user_metadata: unknown
}

/** Runs the work as this caller while the API performs this operation, and commits unless told otherwise. */
export const asCaller = <T>(
  pool: pg.Pool,
  { role, claims }: Caller,
  operation: string,
  work: (client: pg.PoolClient) => Promise<T>,
  end: 'commit' | 'rollback' = 'commit',
): Promise<T> =>
  withTransaction(
    pool,
    async (client) => {
      await client.query(
        `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
           set_config('storage.operation', $3, true), set_config('storage.allow_delete_query', 'true', true)`,
        [role, JSON.stringify(claims), operation],
      )
      return await work(client)
    },
    { end },
  )

/** Looks a bucket up with the API's own rights, whoever calls. Throws when there is none. */
export async function findBucket(pool: pg.Pool, id: string): Promise<Bucket> {
  const rows = await asCaller(pool, SERVICE, 'storage.bucket.get', async (client) => {
    const found = await client.query<Omit<Bucket, 'limit'> & { own_limit: number | null }>(
      `select id, coalesce(public, false) as public, file_size_limit::float8 as own_limit, allowed_mime_types
       from storage.buckets where id = $1`,
      [id],
    )
    return found.rows
  })
  if (!rows[0]) throw noBucket()
  const { own_limit: own, ...bucket } = rows[0]
  return { ...bucket, limit: Math.min(own ?? FILE_SIZE_LIMIT, FILE_SIZE_LIMIT) }
}

/** The object, if this caller may read it. Throws «not found» otherwise. */
export async function findObject(
  pool: pg.Pool,
  caller: Caller,
  operation: string,
  bucket: string,
  name: string,
): Promise<ObjectRow> {
  const { rows } = await asCaller(pool, caller, operation, (client) =>
    client.query<ObjectRow>(
      'select id, version, metadata, user_metadata from storage.objects where bucket_id = $1 and name = $2',
      [bucket, name],
    ),
  )
  if (!rows[0]) throw noObject()
  return rows[0]
}

const INSERT = `insert into storage.objects (bucket_id, name, version, metadata, user_metadata, owner, owner_id)
  values ($1, $2, $3, $4, $5, $6::uuid, $6::uuid::text)`
const REPLACE = `on conflict (bucket_id, name) do update set version = excluded.version, metadata = excluded.metadata,
  user_metadata = excluded.user_metadata, owner = excluded.owner, owner_id = excluded.owner_id`

const valuesOf = ({ bucket, name, version, metadata, userMetadata, owner }: NewObject) => [
  bucket,
  name,
  version,
  JSON.stringify(metadata),
  userMetadata === null ? null : JSON.stringify(userMetadata),
  owner,
]

/** Asks the policies: inserts the row and rolls back. Throws Postgres' refusal, or its report of a duplicate. */
export async function askUpload(
  pool: pg.Pool,
  caller: Caller,
  operation: string,
  object: NewObject,
  upsert: boolean,
): Promise<void> {
  const insert = upsert ? `${INSERT} ${REPLACE}` : INSERT
  await asCaller(pool, caller, operation, (client) => client.query(insert, valuesOf(object)), 'rollback')
}

/**
 * The last step of an upload, once its bytes are stored. It runs with the API's own rights, asks no policy again and
 * replaces an object that took the name meanwhile, as storage-api does; triggers still run. Answers the id and the
 * version that it replaced.
 */
export const putObject = (
  pool: pg.Pool,
  operation: string,
  object: NewObject,
): Promise<{ id: string; former: string | null }> =>
  asCaller(pool, SERVICE, operation, async (client) => {
    const before = await client.query<{ version: string }>(
      'select version from storage.objects where bucket_id = $1 and name = $2 for update',
      [object.bucket, object.name],
    )
    const { rows } = await client.query<{ id: string }>(`${INSERT} ${REPLACE} returning id`, valuesOf(object))
    return { id: rows[0]!.id, former: before.rows[0]?.version ?? null }
  })

/** The metadata of a stored object. Its eTag identifies the version and is no hash of the bytes. */
export const metadataOf = (
  version: string,
  size: number,
  mimetype: string,
  cacheControl: string,
): Metadata => ({
  eTag: `"${version.replaceAll('-', '')}"`,
  size,
  contentLength: size,
  mimetype,
  cacheControl,
  lastModified: new Date().toISOString(),
  httpStatusCode: 200,
})

/** Whether the bucket allows this type, by its name or by a range such as `video/*`. */
export const allows = ({ allowed_mime_types: allowed }: Bucket, mime: string): boolean =>
  !allowed?.length ||
  allowed.some((type) => type === mime || (type.endsWith('/*') && mime.startsWith(type.slice(0, -1))))
