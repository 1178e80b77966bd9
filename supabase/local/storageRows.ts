/** Rows of `storage.buckets` and `storage.objects`, read and written with the rights of who asks. */
import type pg from 'pg'
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
  /** The `sub` of who uploads. */
  owner: string | null
}

export interface ObjectRow {
  id: string
  version: string
  metadata: Metadata
  user_metadata: unknown
}

/** Runs the work as this caller while the API does this operation, and commits. */
export const asCaller = <T>(
  pool: pg.Pool,
  caller: Caller,
  operation: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => inTransaction(pool, caller, operation, 'commit', work)

async function inTransaction<T>(
  pool: pg.Pool,
  { role, claims }: Caller,
  operation: string,
  ending: 'commit' | 'rollback',
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    await client.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
         set_config('storage.operation', $3, true), set_config('storage.allow_delete_query', 'true', true)`,
      [role, JSON.stringify(claims), operation],
    )
    const result = await work(client)
    await client.query(ending)
    return result
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => (broken = failed))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Throws when there is no such bucket. Whoever asks, buckets are looked up by the API itself. */
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

/** The object, when this caller may see it. Throws «not found» otherwise. */
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

/** Asks the policies by inserting and taking back. Throws what Postgres says: refused, or a duplicate. */
export async function askUpload(
  pool: pg.Pool,
  caller: Caller,
  operation: string,
  object: NewObject,
  upsert: boolean,
): Promise<void> {
  await inTransaction(pool, caller, operation, 'rollback', (client) =>
    client.query(upsert ? `${INSERT} ${REPLACE}` : INSERT, valuesOf(object)),
  )
}

/**
 * The last step of an upload, once its bytes are there: by the API itself, without asking policies again,
 * over whatever has the name meanwhile (storage-api does the same; triggers still run). Answers the id,
 * and the version that lost its place.
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

/** What is kept of an object beside its name. The eTag is the version's: it says «the same bytes», no hash. */
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

/** Whether the bucket takes this type: named as it is, or `video/*`. */
export const allows = ({ allowed_mime_types: allowed }: Bucket, mime: string): boolean =>
  !allowed?.length ||
  allowed.some((type) => type === mime || (type.endsWith('/*') && mime.startsWith(type.slice(0, -1))))
