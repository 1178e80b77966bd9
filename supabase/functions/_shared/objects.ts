/** Reads, copies, writes and deletes stored objects through the storage API with the service key. */
import { keyHeaders } from './project.ts'

export interface Objects {
  /** Streams the bytes. */
  read(bucket: string, name: string): Promise<ReadableStream<Uint8Array>>
  /** Keeps a target that already exists. */
  copy(from: { bucket: string; name: string }, to: { bucket: string; name: string }): Promise<void>
  put(bucket: string, name: string, bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<void>
  /** Deletes the objects. Throws when one of them is still there afterwards. */
  remove(bucket: string, names: string[]): Promise<void>
}

/** A refusal of the storage API, as a code without any address. */
export class ObjectFailure extends Error {
  constructor(
    readonly code: string,
    readonly status: string,
  ) {
    super(`${code} (${status})`)
  }
}

type Call = (path: string, init?: RequestInit) => Promise<Response>

/** `url` is the project's address. */
export function objectsAt(url: string, secretKey: string): Objects {
  const keys = keyHeaders(secretKey)
  const call: Call = (path, init = {}) =>
    fetch(`${url}/storage/v1/object${path}`, {
      ...init,
      headers: { ...keys, ...(init.headers as Record<string, string>) },
    })
  return {
    read: async (bucket, name) => {
      const response = await call(`/authenticated/${bucket}/${name}`)
      if (!response.ok || !response.body) throw await failure('object_missing', response)
      return response.body
    },
    copy: async (from, to) => {
      const response = await call('/copy', {
        method: 'POST',
        ...jsonOf({
          bucketId: from.bucket,
          sourceKey: from.name,
          destinationBucket: to.bucket,
          destinationKey: to.name,
        }),
      })
      if (!response.ok && !(await isThere(call, to.bucket, to.name)))
        throw await failure('copy_failed', response)
    },
    put: async (bucket, name, bytes, mime) => {
      const headers = { 'content-type': mime, 'x-upsert': 'true', 'cache-control': 'max-age=3600' }
      const response = await call(`/${bucket}/${name}`, { method: 'POST', body: bytes, headers })
      if (!response.ok) throw await failure('put_failed', response)
    },
    remove: (bucket, names) => remove(call, bucket, names),
  }
}

/** The API leaves out names that it refused and names that were not there alike, so each missing one is checked. */
async function remove(call: Call, bucket: string, names: string[]): Promise<void> {
  const response = await call(`/${bucket}`, { method: 'DELETE', ...jsonOf({ prefixes: names }) })
  if (!response.ok) throw await failure('delete_failed', response)
  const gone = ((await response.json()) as { name: string }[]).map(({ name }) => name)
  for (const name of names) {
    if (!gone.includes(name) && (await isThere(call, bucket, name)))
      throw new ObjectFailure('delete_refused', '200')
  }
}

const isThere = async (call: Call, bucket: string, name: string): Promise<boolean> =>
  (await call(`/authenticated/${bucket}/${name}`, { method: 'HEAD' })).ok

const jsonOf = (body: object) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

async function failure(code: string, response: Response): Promise<ObjectFailure> {
  const body: { statusCode?: string } = await response.json().catch(() => ({}))
  return new ObjectFailure(code, body.statusCode ?? String(response.status))
}
