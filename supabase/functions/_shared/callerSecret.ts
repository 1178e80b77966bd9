/**
 * The guard of functions that only a schedule calls. The schedule shows JOBS_SECRET, which opens nothing else, so that
 * no key of the project stands in a schedule's settings.
 */

const HEADER = 'x-jobs-secret'

/** The header with which a schedule calls. */
export const secretHeader = (secret: string): Record<string, string> => ({ [HEADER]: secret })

/** Whether the request shows this secret. */
export const showsSecret = (request: Request, secret: string): Promise<boolean> =>
  sameText(request.headers.get(HEADER) ?? '', secret)

/** Compares hashes, so that the time does not reveal where the texts differ. */
async function sameText(a: string, b: string): Promise<boolean> {
  const hash = async (text: string) => [
    ...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  ]
  const [left, right] = await Promise.all([hash(a), hash(b)])
  return b !== '' && left.every((byte, index) => byte === right[index])
}

export const answer = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
