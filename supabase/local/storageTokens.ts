/** Signed uploads: a token lets its holder upload one object. The app uses none, and its policies must refuse them. */
import { randomUUID } from 'node:crypto'
import { json } from './http'
import type { Storage, StorageCall } from './storageCall'
import { badToken } from './storageErrors'
import { askUpload, findBucket, SERVICE } from './storageRows'
import { upload } from './storageUpload'

const SECONDS = 2 * 3600

/** Answers a token to a caller who may upload the object now. */
export async function createUploadToken({ pool, tokens }: Storage, call: StorageCall): Promise<Response> {
  const { id: bucket } = await findBucket(pool, call.bucket)
  const caller = await call.caller()
  const owner = caller.claims.sub ?? null
  const object = { bucket, name: call.name, version: randomUUID(), metadata: {}, userMetadata: null, owner }
  const upsert = call.request.headers.get('x-upsert') === 'true'
  await askUpload(pool, caller, 'storage.object.sign_upload_url', object, upsert)
  const url = `${bucket}/${call.name}`
  const now = Math.floor(Date.now() / 1000)
  const token = await tokens.sign({ url, upload: true, upsert, iat: now, exp: now + SECONDS })
  return json(200, { url: `/object/upload/sign/${url}?token=${token}`, token })
}

/** Uploads without asking the policies again: the token is the permission. */
export async function uploadByToken(storage: Storage, call: StorageCall): Promise<Response> {
  const read = await storage.tokens.read(new URL(call.request.url).searchParams.get('token') ?? '')
  if (
    'expired' in read ||
    read.claims['upload'] !== true ||
    read.claims['url'] !== `${call.bucket}/${call.name}`
  )
    throw badToken()
  const request = new Request(call.request, { headers: { 'x-upsert': String(read.claims['upsert']) } })
  return await upload(
    storage,
    { ...call, request, caller: async () => SERVICE },
    'storage.object.upload_signed',
  )
}
