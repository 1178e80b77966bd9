/** Refusals in the words and the JSON of the storage API. */
import pg from 'pg'
import { json } from './http'

/** `status` is the status in the body and of tus. The API answers most of them with HTTP 400. */
export class StorageError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
  }
}

export const noBucket = () => new StorageError(404, 'Bucket not found', 'Bucket not found')
export const noObject = () => new StorageError(404, 'not_found', 'Object not found')
export const badRequest = (message: string) => new StorageError(400, 'InvalidRequest', message)
export const badToken = () => new StorageError(400, 'InvalidJWT', 'Invalid token or object path')
export const badBearer = () => new StorageError(403, 'Unauthorized', '"exp" claim timestamp check failed')
export const tooLarge = () =>
  new StorageError(413, 'Payload too large', 'The object exceeded the maximum allowed size')
export const wrongType = (mime: string) =>
  new StorageError(415, 'invalid_mime_type', `mime type ${mime} is not supported`)

/** A refusal by this API or by Postgres (row security, a trigger, the unique name). Null for any other error. */
export function asStorageError(error: unknown): StorageError | null {
  if (error instanceof StorageError) return error
  if (!(error instanceof pg.DatabaseError)) return null
  if (error.code?.startsWith('22')) return badRequest('The request holds data that cannot be stored') // a NUL
  switch (error.code) {
    case '42501':
      return new StorageError(403, 'Unauthorized', error.message)
    case '23505':
      return new StorageError(409, 'Duplicate', 'The resource already exists')
    case '23503':
      return new StorageError(404, 'InvalidRequest', 'The related resource does not exist')
    default:
      return null
  }
}

const OWN_STATUS = [416, 500]

/** The response to a refusal. Throws any other error again. */
export function refusal(thrown: unknown): Response {
  const refused = asStorageError(thrown)
  if (!refused) throw thrown
  const { status, error, message, headers } = refused
  return json(
    OWN_STATUS.includes(status) ? status : 400,
    { statusCode: String(status), error, message },
    headers,
  )
}
